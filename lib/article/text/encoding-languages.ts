/** Encodings for the same scripts, the commoner first; what they decode alike needs no choice. */
export const FAMILIES = [
  { name: 'west', encodings: ['windows-1252', 'iso-8859-15', 'macintosh'] },
  { name: 'central', encodings: ['windows-1250', 'iso-8859-2'] },
  { name: 'baltic', encodings: ['windows-1257', 'iso-8859-4'] },
  { name: 'turkish', encodings: ['windows-1254'] },
  { name: 'vietnamese', encodings: ['windows-1258'] },
  { name: 'cyrillic', encodings: ['windows-1251', 'koi8-u', 'iso-8859-5', 'ibm866', 'x-mac-cyrillic'] },
  { name: 'greek', encodings: ['windows-1253', 'iso-8859-7'] },
  { name: 'hebrew', encodings: ['windows-1255', 'iso-8859-8'] },
  { name: 'arabic', encodings: ['windows-1256', 'iso-8859-6'] },
  { name: 'thai', encodings: ['windows-874'] },
] as const;

export interface Language {
  family: (typeof FAMILIES)[number]['name'];
  /** Its letters beyond ASCII, the most frequent first. */
  letters: string;
  /** Its most frequent words: what tells the languages of one alphabet apart. */
  words: string;
}

/** What the languages that were written in legacy encodings look like. */
export const LANGUAGES: readonly Language[] = [
  { family: 'west', letters: 'éèüöáíóñäçêàâåøôïë', words: 'the of and to a in is that for was with it as on are be this from at by have not or an he' },
  { family: 'west', letters: 'üäößé', words: 'der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat' },
  { family: 'west', letters: 'éèàêçôâîùûïëœ', words: 'de la le et les des en un du une que est pour qui dans par pas plus au sur ne se ce il sont à' },
  { family: 'west', letters: 'óíáéñúü¿¡', words: 'de la que el en y a los del se las por un para con no una su al lo como más o es' },
  { family: 'west', letters: 'ãçéáíóêõúâàô', words: 'de a o que e do da em um para com não uma os no se na por mais as dos como à ao' },
  { family: 'west', letters: 'èàùòìé', words: 'di e il la che in a per un del è della non una si le con i da al nel dei più anche sono' },
  { family: 'west', letters: 'àéèíóòçúïü·', words: 'de la i el a que en les per un els del amb una no és al es dels com més d l' },
  { family: 'west', letters: 'ëéïèöóüê', words: 'de van het een en in is dat op te zijn met voor niet aan er die om ook als bij of' },
  { family: 'west', letters: 'äåöé', words: 'och i att det som en på är av för med den till inte har de ett om var han men' },
  { family: 'west', letters: 'øåæé', words: 'og i at det er en til af på for de med den som ikke der et har å av han var om fra' },
  { family: 'west', letters: 'äöå', words: 'ja on ei että se oli hän ovat mutta myös kun joka tai kuin niin mukaan sen ole' },
  { family: 'west', letters: 'äõüöšž', words: 'ja on ei et see ta oli ka mis kui oma aga ning siis või selle nagu ma' },
  { family: 'west', letters: 'íáðéþóöúæý', words: 'að og í er á sem til um var með við fyrir það en ekki af hann því' },
  { family: 'west', letters: 'ëç', words: 'të e në dhe i për që me një nga së është si ka do u nuk më' },
  { family: 'central', letters: 'łęąóżśćźń', words: 'w i na z się nie do to że o jest za od po jak ale przez są co tym dla' },
  { family: 'central', letters: 'íáěéřčýžšůúťďňó', words: 'a v na se je že s z to do o i za ve pro k ale jako po jsou od by jeho' },
  { family: 'central', letters: 'áíéčýžšúľťôňďäóĺŕ', words: 'a v na sa je že s z to do o i za vo pre k ale ako po sú od by jeho' },
  { family: 'central', letters: 'áéóöíőüúű', words: 'a az és hogy nem is egy van meg ez de csak már volt azt el ki mint vagy' },
  { family: 'central', letters: 'ăîşţâșț', words: 'de și în a la cu nu o pe din să care un că mai este pentru sau al' },
  { family: 'central', letters: 'čšžćđ', words: 'i je u na da se za su od ne s što koji kao o bi iz a nije će ili pravo ima' },
  { family: 'central', letters: 'čšžćđ', words: 'in je v na se za da so ki ne pa s kot z po bi o tudi od ima do ali' },
  { family: 'baltic', letters: 'ėšąžūųčįę', words: 'ir kad į iš su tai yra kaip bet o jo buvo apie nuo už dėl ar' },
  { family: 'baltic', letters: 'āīēšūņļžčģķ', words: 'un ir ar no uz par ka kas tas ko bet tiek vai pie kā lai tika gan' },
  { family: 'turkish', letters: 'ıüşğçöİâîû', words: 've bir bu da de için ile çok olarak daha ne gibi ama o var en kadar her' },
  { family: 'vietnamese', letters: '\u0301\u0300đư\u0323ôáơà\u0309êâ\u0303ăóíúéèãìòùýõ', words: 'và của là có trong cho không được các một người với đã những này khi' },
  { family: 'cyrillic', letters: 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъ', words: 'и в не на что с он как' },
  { family: 'cyrillic', letters: 'оанивіетрсклдумпязьбгчхйжїшюцщєфґ', words: 'і в не на що з до та' },
  { family: 'cyrillic', letters: 'аніеоркстлыядзмпубвьўгйжчшцюёхфэ', words: 'і ў не на што з да як' },
  { family: 'cyrillic', letters: 'аоеинтрсвлкдпмзгубчщцъяйшжфхюь', words: 'на и да се за от не в' },
  { family: 'cyrillic', letters: 'аоиентсрјвдукмлпзбгшчцћхжљњђџфѓќѕ', words: 'је и у да се на за не' },
  { family: 'greek', letters: 'αοιτεσνηυρπκμςλάίωόήέγδύθχώφβξζψϊϋΐΰ', words: 'και το να του η της με που' },
  { family: 'hebrew', letters: 'יוהלאתרבשמנחדפעקםטכגצןסזץףך', words: 'של את על לא' },
  { family: 'arabic', letters: 'ايلنموترهدبسعكفحجقةأخصشىطذئزضءغثظإآؤ،', words: 'في من على أن' },
  { family: 'arabic', letters: 'ايرندهموتبسشزکكگفخقحپعلجصطضذغچئءآژثظأ،', words: 'در از به که' },
  { family: 'thai', letters: 'านรอกเ่งมย้ลวดทส\u0e34ต\u0e31\u0e35ะปบคห\u0e37แจ็พช\u0e38\u0e39์ข\u0e33ใไโ\u0e36ผซณถฟศธภษญฐฆฮฝฎฏฑฒฌฉๆฯ๊๋', words: '' },
];
