/** Articles in many languages, written for these tests: a headline with two sentences, and a paragraph about something else. */
export interface Prose {
  short: string;
  long: string;
}

export const PROSE = {
  de: {
    short: 'Neue Brücke über den Fluss\nNach drei Jahren Bauzeit wurde die Brücke am Samstag eröffnet. Viele Anwohner waren früh aufgestanden, um als Erste hinüberzugehen.',
    long: 'Wer im Herbst durch den alten Buchenwald läuft, hört zuerst das Laub unter den Füßen. Die Förster zählen hier jedes Jahr, wie viele junge Bäume den Sommer überstanden haben, und schreiben es in ein Heft, das schon ihre Großväter benutzten. „Früher war der Boden feuchter“, sagt einer von ihnen, „heute müssen wir gießen.“ Für die nächsten zehn Jahre ist geplant, an den trockenen Hängen Eichen zu pflanzen.',
  },
  fr: {
    short: 'La bibliothèque rouvre ses portes\nAprès deux ans de travaux, la bibliothèque municipale accueille de nouveau ses lecteurs. Les élèves des écoles voisines étaient les premiers arrivés.',
    long: 'Le marché du samedi commence avant le lever du soleil, quand les maraîchers déchargent leurs caisses dans le froid. On y trouve des légumes cueillis la veille, du fromage de chèvre et, selon la saison, des champignons que personne n’ose acheter sans demander conseil. « Ça a toujours été comme ça », dit une vieille dame qui vend des œufs. À midi, il ne reste plus rien sur la place que l’odeur du pain et quelques pigeons très intéressés.',
  },
  es: {
    short: 'El tren vuelve al pueblo\nDespués de treinta años sin servicio, el primer tren llegó ayer a la estación. Los niños, que nunca habían visto uno, lo recibieron con canciones.',
    long: 'Cada mañana, el panadero enciende el horno a las cuatro y espera a que la piedra esté caliente. Aprendió el oficio de su abuela, que amasaba sin medir nada y sabía por el olor cuándo estaba listo el pan. ¿Por qué sigue haciéndolo así, si hay máquinas más rápidas? «Porque la gente del barrio lo notaría», responde, y sigue trabajando. Este año, además, enseñará a dos jóvenes que quieren quedarse con la tienda.',
  },
  pt: {
    short: 'Câmara abre nova escola\nA escola começou a funcionar na segunda-feira, com mais de duzentas crianças. Os pais dizem que a espera foi longa, mas que valeu a pena.',
    long: 'Os pescadores da vila saem ao anoitecer e só voltam quando o sol já vai alto. Não há muito peixe como antigamente, explicam, e a água está mais quente do que os avós contavam. Ainda assim, ninguém pensa em vender os barcos: são pintados todos os anos, na primavera, com as mesmas cores da família. Ao domingo, as mulheres assam sardinhas na rua e os vizinhos trazem pão, azeitonas e histórias que já não são bem verdade.',
  },
  it: {
    short: 'La città più verde\nIl comune ha deciso di piantare mille alberi entro la fine dell’anno. È la prima volta che così tante strade cambiano aspetto in pochi mesi.',
    long: 'Il falegname lavora ancora nella bottega che fu di suo nonno, fra trucioli e vecchi attrezzi appesi alle pareti. Dice che il legno va ascoltato, perché ogni tavola è diversa dalle altre e nessuna perdona la fretta. Negli ultimi anni sono arrivati anche clienti stranieri, che cercano sedie fatte a mano e non hanno paura di aspettare. «Però la cosa più difficile», aggiunge, «è trovare qualcuno che voglia imparare il mestiere».',
  },
  nl: {
    short: 'Fietspad langs de dijk geopend\nHet nieuwe fietspad loopt van de haven naar het oude station. De gemeente hoopt dat meer mensen de auto laten staan.',
    long: 'Op het eiland wonen in de winter nog geen driehonderd mensen, en iedereen kent elkaar. De veerboot komt twee keer per dag, als het weer het toelaat, en brengt de krant, de post en soms een verdwaalde toerist mee. In het café wordt dan gepraat over de prijs van de vis en over de dijk, die volgend jaar hoger moet worden. Wie hier geboren is, gaat meestal weg om te studeren, maar verrassend veel jongeren komen later toch weer terug.',
  },
  sv: {
    short: 'Ny färja till öarna\nDen första elektriska färjan lämnade hamnen på måndagen. Resan tar fyrtio minuter och är nästan helt tyst, säger kaptenen.',
    long: 'På hösten samlas hela byn för att plocka lingon i skogen bakom kyrkan. De äldre vet exakt var man ska gå, men berättar det bara för sina barnbarn. Efteråt kokas sylten i stora grytor, och när kvällen kommer luktar det socker och rök i varje kök. I år var det så torrt att bären blev små, men ingen klagade: det viktigaste är att man får träffas igen efter en lång sommar.',
  },
  da: {
    short: 'Havnen får et nyt bibliotek\nBiblioteket åbner til foråret og bliver det største i landsdelen. Der bliver også plads til en café og et værksted for børn.',
    long: 'Når vinden kommer fra vest, kan man høre havet helt inde i byen. Fiskerne siger, at det er et tegn på regn, og de plejer at have ret. I det gamle pakhus ved kajen har en gruppe unge mennesker indrettet et værksted, hvor de bygger både efter tegninger, der er mere end hundrede år gamle. Det går langsomt, men til sommer skal den første af dem sejle, og så skal hele kvarteret spise sammen på broen.',
  },
  no: {
    short: 'Åpner ny vei over fjellet\nVeien blir åpnet i morgen etter at snøen endelig er borte. Sjåførene må likevel regne med å kjøre sakte de første ukene.',
    long: 'Det er stille på gården når kyrne er sluppet ut og melken er hentet. Bonden setter seg ved vinduet med en kopp kaffe og ser på fjorden, som skifter farge flere ganger før det blir ordentlig lyst. Hun overtok etter foreldrene sine for tjue år siden og har aldri angret, selv om det ikke er mange fridager i året. Nå er det datteren som ønsker å bli her, og sammen har de begynt å lage ost, som de selger på torget i byen.',
  },
  fi: {
    short: 'Järven vesi on taas puhdasta\nTutkijoiden mukaan järvessä voi uida ensimmäistä kertaa vuosikymmeniin. Kyläläiset ovat jo rakentaneet uuden laiturin.',
    long: 'Talvella kylän ainoa kauppa on auki vain kolmena päivänä viikossa, ja silloin kaikki tulevat paikalle samaan aikaan. Siellä juodaan kahvia, vaihdetaan kuulumisia ja päätetään, kuka hoitaa lumityöt vanhojen ihmisten pihoilla. Kauppias sanoo, ettei hän enää muista, milloin olisi viimeksi pitänyt kokonaisen vapaapäivän. Silti hän hymyilee: ilman tätä paikkaa moni ei näkisi toisiaan ennen kevättä, ja sellainen elämä tuntuisi täällä mahdottomalta.',
  },
  et: {
    short: 'Vana mõis sai uue katuse\nMõisahoone taastamine kestis kaks aastat ja läks maksma rohkem, kui arvati. Suvel avatakse seal väike muuseum ja kohvik.',
    long: 'Igal kevadel tulevad linnavaatlejad rannale juba enne päikesetõusu, et loendada randuvaid parvesid. Nad istuvad vaikselt, joovad termosest teed ja kirjutavad vihikusse numbreid, mida keegi teine ei oskaks lugeda. Sel aastal oli hanesid rohkem kui kunagi varem, aga luiki nähti ainult mõni üksik. Õhtul saadakse kokku vana tuletorni juures, kus räägitakse nähtust, süüakse suppi ja vaieldakse selle üle, kelle arvutused on õiged.',
  },
  pl: {
    short: 'Nowy most już otwarty\nPo trzech latach budowy mieszkańcy mogą wreszcie przejść na drugi brzeg. Władze miasta zapowiadają, że wkrótce pojawią się też ścieżki rowerowe.',
    long: 'Jesienią całe miasteczko pachnie jabłkami, bo w każdym ogrodzie ktoś zbiera owoce albo gotuje powidła. Starsi ludzie pamiętają jeszcze odmiany, których nie ma już w żadnym sklepie, i chętnie o nich opowiadają. „Te były twarde jak kamień, ale w styczniu smakowały najlepiej” – mówi pan Józef, który od pięćdziesięciu lat prowadzi sad. Młodzi najpierw się śmiali, a teraz przyjeżdżają do niego po sadzonki, żeby ocalić to, co jeszcze zostało.',
  },
  cs: {
    short: 'Vlak se vrací do údolí\nPo dlouhých letech se na trať znovu vydal osobní vlak. Lidé z okolních vesnic přišli v neděli na nádraží a vítali ho potleskem.',
    long: 'Každé ráno otevírá paní Nováková malé knihkupectví na rohu náměstí, i když ví, že do oběda skoro nikdo nepřijde. Knihy má srovnané podle toho, jak se jí líbily, a ne podle abecedy, takže bez ní nikdo nic nenajde. „Lidé si ke mně chodí hlavně povídat,“ říká s úsměvem a vaří další čaj. Přes léto tu pořádá čtení pod širým nebem; loni přijel i básník, jehož verše se děti učí ve škole.',
  },
  sk: {
    short: 'Škola na dedine zostane otvorená\nRodičia sa rok snažili zachrániť malú školu a napokon sa im to podarilo. Od septembra v nej bude opäť učiť päť učiteliek.',
    long: 'V horách sa sneh drží až do mája a chatári musia všetko nosiť na chrbte. Ľudia sa ich často pýtajú, prečo to robia, veď by mohli žiť pohodlnejšie v meste. Odpoveď býva vždy rovnaká: keď sa ráno zdvihne hmla a ukážu sa štíty, človek zabudne na únavu. Tento rok chcú opraviť strechu a postaviť nový prístrešok, aby sa turisti mali kde skryť pred búrkou, ktorá tu prichádza rýchlejšie než inde.',
  },
  hu: {
    short: 'Megnyílt az új könyvtár\nA város lakói két évig vártak arra, hogy végre átadják az épületet. Az első látogatók között sok diák és nyugdíjas volt.',
    long: 'A folyó mellett élő emberek mindig is tudták, hogy a víz egyszer elviszi a kerítést, másszor meg földet hoz a helyére. Az öreg halász, aki hetven éve ugyanabban a házban lakik, minden tavasszal jelet vés az ajtófélfára, hogy meddig ért az áradás. „Ez itt a legmagasabb” – mutatja büszkén –, „akkor a tyúkok a padláson aludtak.” Az unokái nevetnek rajta, de ők is megtanulták, hogyan kell csónakot javítani, hálót kötni és türelmesen várni.',
  },
  ro: {
    short: 'Orașul are un parc nou\nParcul a fost deschis duminică, după aproape doi ani de lucrări. Locuitorii spun că așteptau de mult un loc în care copiii să se joace în siguranță.',
    long: 'În satul dintre dealuri, fântâna din mijlocul drumului este locul unde se află toate veștile. Femeile vin dimineața cu gălețile, iar bărbații se opresc seara, când se întorc de la câmp, și vorbesc despre ploaie și despre prețul grâului. Nimeni nu mai știe cine a săpat-o, însă toți sunt siguri că apa ei este mai bună decât oricare alta. Vara aceasta, niște studenți au măsurat adâncimea și au rămas uimiți: are peste patruzeci de metri.',
  },
  ca: {
    short: 'El barri estrena mercat\nDesprés de moltes obres, el mercat torna a obrir aquesta setmana. Els botiguers diuen que els veïns ja els trobaven a faltar.',
    long: 'Quan arriba la tardor, els camins del bosc s’omplen de gent que busca bolets amb un cistell al braç. Els més vells no expliquen mai on els troben, però de vegades deixen que els nets els acompanyin fins a la font. Allà esmorzen pa amb tomàquet i parlen de com era tot abans que hi hagués la carretera. Aquest any ha plogut poc i això es nota; tot i així, ningú no ha volgut quedar-se a casa un dissabte amb un cel tan blau.',
  },
  hr: {
    short: 'Otvoren novi put prema moru\nVožnja do obale sada traje samo četrdeset minuta. Mještani se nadaju da će zbog toga više mladih ostati živjeti u selu.',
    long: 'Na otoku se masline beru ručno, kao i prije sto godina, jer strojevi ne mogu proći između kamenih zidova. Cijele obitelji dolaze iz gradova kako bi pomogle, a navečer svi zajedno sjede za dugačkim stolom. Djeca slušaju priče o burama koje su odnosile krovove i o brodovima što su tjednima čekali bolje vrijeme. Ulja je svake godine sve manje, ali nitko ga ne želi prodati: čuva se za goste, za blagdane i za one koji su otišli daleko.',
  },
  sl: {
    short: 'Nova šola odprla vrata\nUčenci so se po dolgem čakanju končno preselili v novo stavbo. Učitelji pravijo, da so razredi svetlejši in da je v njih več prostora.',
    long: 'Čebelar, ki živi na robu gozda, vsako jutro najprej pogleda v nebo in šele potem v panje. Pravi, da čebele vedo za dež prej kot ljudje in da jih je vredno poslušati. Letos je bilo medu manj kot običajno, ker je pozeba uničila večino cvetov, vendar se ne pritožuje. Raje pripoveduje otrokom, ki ga obiščejo s šolo, kako nastane satje, zakaj so matice označene z barvo in kdaj smemo odpreti pokrov, ne da bi koga razjezili.',
  },
  lt: {
    short: 'Miestelyje atidarytas naujas tiltas\nŽmonės tilto laukė daugiau nei penkerius metus. Dabar vaikai į mokyklą galės eiti pėsčiomis, o ne važiuoti aplink ežerą.',
    long: 'Rudenį, kai nukrinta paskutiniai lapai, kaimo moterys susirenka verpti vilnos ir dainuoti. Šis paprotys buvo beveik pamirštas, tačiau prieš kelerius metus jį atgaivino jauna mokytoja. Ji užrašė senas dainas, kurias dar prisiminė jos močiutė, ir pakvietė kaimynes vakare ateiti pas ją. Iš pradžių atėjo tik trys, o šiandien didelėje troboje vos užtenka vietos, todėl žiemą visi rinksis kultūros namuose.',
  },
  lv: {
    short: 'Pilsētā atklāta jauna bibliotēka\nĒka tika būvēta četrus gadus un izmaksāja vairāk, nekā bija plānots. Tagad tajā katru dienu nāk gan bērni, gan pensionāri.',
    long: 'Vasarā jūras krastā dzīve sākas agri, jo zvejnieki atgriežas vēl pirms saullēkta. Uz galda tiek liktas svaigas zivis, maize un tēja, un kāds vienmēr stāsta par lielo vētru, kas pirms daudziem gadiem aiznesa pusi no mola. Jaunie klausās un smaida, taču laivas piesien tikpat rūpīgi kā viņu tēvi. Šogad ciemā ieradušies arī tūristi, kuri vēlas redzēt, kā žāvē reņģes, un brīnās, cik ilgi tas viss notiek bez steigas.',
  },
  tr: {
    short: 'Köyün yeni okulu açıldı\nÇocuklar artık her gün uzun yol yürümek zorunda değil. Öğretmenler, sınıfların geniş ve aydınlık olduğunu söylüyor.',
    long: 'Sabahın erken saatlerinde çarşıda ilk açılan dükkân her zaman fırındır. Usta, hamuru gece yarısı yoğurur ve güneş doğmadan önce ekmekleri tezgâha dizer. Mahallede herkes onu tanır; çocuklar okula giderken sıcak simit alır, yaşlılar ise biraz sohbet etmek için içeri girer. “Bu işi bırakmayı hiç düşünmedim,” diyor, “çünkü insanlar beni görmeden güne başlayamıyor.” Şimdi oğluna öğretiyor, ama onun aklı hâlâ büyük şehirde.',
  },
  vi: {
    short: 'Khánh thành cây cầu mới\nSau ba năm xây dựng, cây cầu qua sông đã được mở cho người dân đi lại. Trẻ em trong làng giờ đây không còn phải chờ đò mỗi sáng.',
    long: 'Mỗi buổi sáng, khi sương còn chưa tan, bà cụ đã gánh rau ra chợ và ngồi ở góc quen thuộc dưới gốc cây đa. Khách hàng của bà phần lớn là những người đã mua từ hồi còn trẻ, nay dẫn theo cả con cháu. Bà không cân, chỉ nhìn bằng mắt rồi thêm vào một nắm nhỏ cho vừa lòng người mua. Người ta hỏi vì sao bà không nghỉ ngơi ở nhà, bà chỉ cười và nói rằng ở nhà thì buồn lắm, còn ở đây ngày nào cũng có chuyện để nghe.',
  },
  id: {
    short: 'Perpustakaan desa kembali dibuka\nSetelah diperbaiki selama satu tahun, perpustakaan itu kini bisa dikunjungi setiap hari. Anak-anak sangat senang karena ada banyak buku baru.',
    long: 'Setiap pagi para nelayan pulang membawa ikan ketika matahari belum terlalu tinggi. Di tepi pantai sudah menunggu para pedagang yang akan menawar sambil bercanda, karena mereka saling mengenal sejak kecil. Tahun ini hasil tangkapan tidak sebanyak biasanya, tetapi harga di pasar naik sehingga keluarga mereka tetap bisa membayar uang sekolah. Menurut kepala desa, pemerintah sedang membangun tempat penyimpanan es agar ikan tidak cepat rusak.',
  },
  ru: {
    short: 'Открыт новый мост через реку\nСтроители работали три года и закончили раньше срока. Жители обоих берегов собрались утром, чтобы первыми пройти по нему пешком.',
    long: 'Осенью в нашем городе рано темнеет, и окна старой библиотеки светятся до позднего вечера. Сюда приходят не только за книгами: кто-то играет в шахматы, кто-то учит детей рисовать, а по пятницам за большим столом пьют чай и спорят о стихах. Заведующая говорит, что хотела уйти на пенсию ещё прошлой весной, но каждый раз находится новая причина остаться. «Кому же я всё это передам?» — спрашивает она и поправляет лампу.',
  },
  uk: {
    short: 'У місті з’явився новий парк\nПарк відкрили в неділю після двох років роботи. Мешканці кажуть, що їм давно бракувало місця, де діти могли б гратися безпечно.',
    long: 'Щоранку бджоляр іде через сад до вуликів і слухає, чи гуде там так само, як учора. Він навчився цього від діда, який ніколи не вдягав сітки й казав, що бджоли відчувають добру людину. Цього року меду було небагато, бо весна видалася холодною, проте пасічник не скаржиться. Найбільше його тішить, що до нього почали приїжджати діти з міської школи: вони ставлять безліч запитань і обережно їдять мед просто зі стільників.',
  },
  bg: {
    short: 'Нова библиотека в центъра на града\nСлед дълъг ремонт сградата отново е отворена за всички. Първите посетители дойдоха още преди осем часа сутринта.',
    long: 'В планинското село живеят само двайсетина души, но всяка неделя хлебарницата е пълна. Хората идват от съседните махали, за да си вземат топъл хляб и да чуят какво ново се е случило през седмицата. Пекарят е млад човек, който напусна града и се върна в къщата на своите прадеди. Той казва, че тук времето тече по-бавно, но въпреки това денят все не му стига, защото освен пещта има и овце, и градина, и малко дете.',
  },
  sr: {
    short: 'Отворен нови мост\nГрађани су на отварање моста чекали више од пет година. Сада ће деца до школе стизати за десет минута, кажу њихови родитељи.',
    long: 'У малој радионици на крају улице стари мајстор још увек поправља часовнике, иако му скоро нико више не долази. Њему то не смета, јер каже да има довољно посла са онима које су људи оставили и заборавили. Сваки од њих има своју причу, а он их прича деци која застану пред излогом. „Овај је стао онога дана кад је почела велика поплава“, објашњава и показује сат који, ето, још чека свог власника.',
  },
  el: {
    short: 'Άνοιξε το νέο σχολείο του χωριού\nΎστερα από τρία χρόνια έργων, τα παιδιά μπήκαν χθες στις καινούργιες τάξεις. Οι γονείς λένε ότι άξιζε να περιμένουν.',
    long: 'Στο μικρό λιμάνι του νησιού οι ψαράδες επισκευάζουν τα δίχτυα τους κάθε απόγευμα, καθισμένοι στη σκιά του παλιού τελωνείου. Μιλούν για τον καιρό, για τα παιδιά που έφυγαν στην πόλη και για το καράβι που αργεί πάντα. Ο πιο ηλικιωμένος θυμάται ακόμη την εποχή που δεν υπήρχε ηλεκτρικό ρεύμα και όλοι μαζεύονταν στην πλατεία για να ακούσουν το ραδιόφωνο. «Δεν ήταν καλύτερα», λέει, «αλλά ήμασταν όλοι μαζί».',
  },
  ar: {
    short: 'افتتاح مكتبة جديدة في المدينة\nبعد عامين من العمل، فتحت المكتبة أبوابها أمام الزوار صباح أمس. وقال المدير إن الأطفال كانوا أول من دخل إليها.',
    long: 'في كل صباح يستيقظ الخباز قبل الفجر ويشعل النار في الفرن القديم الذي ورثه عن جده. يأتي الناس من الأحياء القريبة ليشتروا الخبز الساخن ويتبادلوا الأخبار قبل أن يذهبوا إلى أعمالهم. يقول الرجل إنه لم يفكر يوما في ترك هذه المهنة، لأن رائحة الخبز تذكره بطفولته. أما ابنه الأكبر فقد تعلم صناعة الحلوى، وهو يحلم بأن يفتح متجرا صغيرا بجانب المدرسة، حيث يمر التلاميذ كل يوم.',
  },
  fa: {
    short: 'کتابخانهٔ تازهٔ شهر باز شد\nپس از دو سال کار، درهای کتابخانه به روی مردم گشوده شد. کودکان نخستین کسانی بودند که وارد ساختمان شدند.',
    long: 'هر روز صبح، پیش از آنکه آفتاب بالا بیاید، نانوای پیر تنور را روشن می‌کند و خمیر را آماده می‌سازد. همسایه‌ها یکی یکی می‌آیند، نان گرم می‌گیرند و چند دقیقه‌ای با هم گفت‌وگو می‌کنند. او می‌گوید این کار را از پدرش آموخته و هرگز به فکر رها کردن آن نیفتاده است. پسرش در شهر دیگری درس می‌خواند، ولی هر تابستان برمی‌گردد و پشت پیشخوان می‌ایستد، چون دلش برای بوی نان تنگ می‌شود.',
  },
  ur: {
    short: 'شہر میں نیا کتب خانہ کھل گیا\nدو سال کی محنت کے بعد کتب خانے کے دروازے لوگوں کے لیے کھول دیے گئے ہیں۔ سب سے پہلے اسکول کے بچے اندر آئے۔',
    long: 'ہر صبح سورج نکلنے سے پہلے بوڑھا نانبائی تنور جلاتا ہے اور آٹا گوندھنا شروع کر دیتا ہے۔ محلے کے لوگ ایک ایک کر کے آتے ہیں، گرم روٹی لیتے ہیں اور کچھ دیر باتیں بھی کرتے ہیں۔ وہ کہتا ہے کہ یہ کام اس نے اپنے والد سے سیکھا تھا اور اسے چھوڑنے کا خیال کبھی نہیں آیا۔ اس کا بیٹا دوسرے شہر میں پڑھتا ہے لیکن گرمیوں کی چھٹیوں میں واپس آ کر دکان پر بیٹھتا ہے کیونکہ اسے روٹی کی خوشبو یاد آتی ہے۔',
  },
  he: {
    short: 'נפתחה ספרייה חדשה בעיר\nאחרי שנתיים של שיפוצים חזרו הקוראים אל הבניין הישן. הילדים היו הראשונים שנכנסו, ואחריהם הגיעו גם ההורים.',
    long: 'בכל בוקר, עוד לפני שהשמש עולה, מדליק האופה את התנור ומתחיל ללוש את הבצק. אנשי השכונה באים בזה אחר זה, קונים לחם חם ומספרים מה חדש. הוא למד את המקצוע מסבתא שלו, שאף פעם לא שקלה את הקמח ותמיד ידעה כמה מים צריך להוסיף. היום הוא מלמד את בתו, והיא כבר חושבת על מתכונים אחרים, אבל מבטיחה שהלחם של יום שישי יישאר בדיוק כמו שהיה.',
  },
  hi: {
    short: 'गाँव में नया पुस्तकालय खुला\nदो साल की मेहनत के बाद पुस्तकालय के दरवाज़े सबके लिए खोल दिए गए हैं। सबसे पहले स्कूल के बच्चे अंदर आए।',
    long: 'हर सुबह सूरज निकलने से पहले बूढ़ा कुम्हार अपना चाक घुमाना शुरू कर देता है। उसके हाथों में मिट्टी जैसे खुद ही आकार ले लेती है और देखते ही देखते आँगन बर्तनों से भर जाता है। वह कहता है कि यह काम उसने अपने पिता से सीखा था और अब उसकी पोती भी साथ बैठकर छोटे दीये बनाती है। बाज़ार में लोग अब प्लास्टिक ज़्यादा खरीदते हैं, लेकिन त्योहार आते ही सबको उसी की याद आती है।',
  },
  th: {
    short: 'เปิดห้องสมุดแห่งใหม่ในเมือง\nหลังจากก่อสร้างมาสองปี ห้องสมุดก็เปิดให้ประชาชนเข้าใช้แล้ว เด็กนักเรียนเป็นกลุ่มแรกที่เดินเข้าไป',
    long: 'ทุกเช้าก่อนพระอาทิตย์ขึ้น คุณยายจะพายเรือออกไปขายผักที่ตลาดน้ำเหมือนที่ทำมาตั้งแต่ยังสาว ลูกค้าส่วนใหญ่เป็นคนในหมู่บ้านเดียวกันที่รู้จักกันมานาน บางคนไม่ได้มาซื้อของ แต่แค่อยากนั่งคุยสักพักแล้วค่อยกลับบ้าน คุณยายบอกว่าไม่เคยคิดจะหยุด เพราะถ้าอยู่บ้านเฉย ๆ ก็คงจะเหงา ปีนี้หลานสาวเรียนจบแล้วและกลับมาช่วยทำขนม จึงมีนักท่องเที่ยวแวะมามากกว่าเดิม',
  },
  ja: {
    short: '川に新しい橋が開通\n三年にわたる工事が終わり、土曜日に橋が開通した。近くに住む人たちは朝早くから集まり、最初に渡る順番を待っていた。',
    long: '古い商店街の角にある豆腐屋は、毎朝四時に明かりをつける。店主は祖父の代から続く井戸の水を使い、大豆を一晩ゆっくりと浸しておく。スーパーで安い豆腐が買える時代になっても、近所の人たちはボウルを持ってこの店にやって来る。「味が違うからね」と笑う常連客に、店主は少し照れながら油揚げを一枚おまけする。去年の春からは、会社を辞めて戻ってきた娘が店に立つようになった。彼女は豆乳を使った菓子を考え、若い客も増えたという。それでも豆腐の作り方だけは、昔のまま変えるつもりはないそうだ。',
  },
  ko: {
    short: '강 위에 새 다리가 열렸다\n삼 년 동안 이어진 공사가 끝나고 토요일에 다리가 개통되었다. 가까이 사는 주민들은 아침 일찍 나와 가장 먼저 건너려고 기다렸다.',
    long: '시장 골목 끝에 있는 작은 국숫집은 새벽 다섯 시면 벌써 불이 켜진다. 주인 할머니는 멸치와 다시마로 국물을 내면서 하루를 시작하는데, 그 냄새를 맡고 찾아오는 손님이 적지 않다. 할머니는 값을 올리지 않은 지 십 년이 넘었다며, 배고픈 사람이 먼저라고 말한다. 지난해부터는 손자가 가게 일을 돕고 있다. 그는 처음에 회사를 그만두는 것이 두려웠지만, 지금은 국수를 삶는 시간이 가장 마음이 편하다고 했다. 겨울이 오면 두 사람은 동네 어르신들을 초대해 따뜻한 한 끼를 대접할 생각이다.',
  },
  'zh-Hans': {
    short: '新桥正式通车\n经过三年的建设，这座大桥终于在星期六开放。附近的居民很早就来到河边，希望第一个走过去。',
    long: '每天早上四点，街角的豆腐店就亮起了灯。老板用的是祖父留下来的石磨，黄豆要提前一个晚上泡好，磨出来的豆浆又香又浓。虽然超市里的豆腐便宜得多，邻居们还是愿意端着碗到这里来排队。老板说，他从来没有想过要换机器，因为味道会不一样。去年春天，在外地工作的女儿回到了家乡，开始在店里帮忙。她学会了怎么看火候，也想出了几种新的点心，吸引了不少年轻人。父亲嘴上不说什么，心里却很高兴，逢人就讲女儿做的东西比自己的还好吃。今年他们打算把隔壁的房间也租下来，让客人能坐着慢慢吃。',
  },
  'zh-Hant': {
    short: '新橋正式通車\n經過三年的建設，這座大橋終於在星期六開放。附近的居民很早就來到河邊，希望第一個走過去。',
    long: '每到黃昏，巷口的麵攤就會擺出幾張小桌子，等著下班的人來吃一碗熱湯麵。老闆娘記得每位客人的口味，誰不吃蔥、誰要多加一點辣，她從來不會弄錯。附近的學生常常在這裡寫功課，因為家裡沒有人，而她總是讓他們坐到打烊。她說，自己小時候也是這樣被鄰居照顧長大的，現在不過是還給別人而已。去年颱風把棚子吹壞了，大家自動湊了錢，還幫忙把招牌重新漆過。如今燈一亮起來，遠遠就能看見那個紅色的「麵」字，讓晚歸的人覺得心裡很溫暖。',
  },
} satisfies Record<string, Prose>;

export type ProseLanguage = keyof typeof PROSE;

export const PROSE_LANGUAGES = Object.keys(PROSE) as ProseLanguage[];
