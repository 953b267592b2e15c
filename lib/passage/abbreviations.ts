/*
 * Words with a full stop that need not end a sentence, without that full stop and in the case in which
 * they are abbreviations: `Rep.` is one, but "a sales rep." ends a sentence. One table for English, German,
 * French and Spanish, since articles seldom say their language and the sets hardly collide.
 */

/** A name or a word always follows. */
export const NEVER_LAST: ReadonlySet<string> = words(`
  v Mr Mrs Ms Mx Messrs Dr Drs Prof Gen Col Capt Cmdr Lt Maj Sgt Cpl Adm Brig Sen Rep Reps Sens Gov Pres Supt
  Rev Fr Hon Mt Ft Bros vs Vs viz cf Cf approx e.g E.g i.e I.e eg ie
  Hr Fr Dipl bzw ca evtl ggf inkl exkl sog vgl Vgl geb gest zzgl bspw Bspw insb
  Mme Mmes Mlle MM Me env av apr
  Sra Srta Dra Da Ud Uds aprox
`);

/** A number follows, or else the word is no abbreviation: "No. 5", but "He said no." */
export const BEFORE_NUMBER: ReadonlySet<string> = words(`
  No no Nos nos Nr nr Fig fig Figs figs Eq Eqs Sec sec Art art Ch ch Chap chap Vol vol Vols pp Pp pg Pt par
  Ex ex Op op Ver ver Tab tab Abb Abs Bd Kap Pos Nº núm Núm pág Pág págs n°
  Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Okt Dez janv févr juil sept oct nov déc
`);

/** May end a sentence; what comes next decides. Acronyms (U.S.) and initials (J.) belong here as well. */
export const PERHAPS_LAST: ReadonlySet<string> = words(`
  Inc Ltd Co Corp Cos LLC Plc Jr Sr Esq St Ave Blvd Rd Str Ph.D PhD Bros Assn Dept Univ Est
  etc al ibid Ibid seq usw Jh Mio Mrd J.-C EE UU EE.UU Cía Hnos
  Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore
  Pa Tenn Tex Va Vt Wash Wis Wyo
`);

/** Words that begin a sentence when they are capitalised after one of {@link PERHAPS_LAST}. */
const STARTERS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: words(`
    The A An He She It They We You I His Her Its Their Our My Your This That These Those There Here
    In On At By From With Without For To Of As After Before Since Until During Under Over Among Within Between
    But And Or So Yet Nor If When While Where Who What Why How Which Because Although Though Once Unless Whether
    However Moreover Meanwhile Then Now Later Today Also Even Still Instead Another Other Others Some Many Most
    Several Both Each All Every Few No Not One Two Only According Despite Such Nothing Nobody Everyone
  `),
  de: words(`
    Der Die Das Den Dem Des Ein Eine Einen Einem Er Sie Es Wir Ich Ihr Ihre Sein Seine Dies Diese Dieser Dieses
    Im In Am An Auf Aus Bei Mit Nach Seit Von Vom Zu Zum Zur Für Durch Über Unter Vor Und Aber Oder Doch Denn
    Wenn Als Da Damals Danach Dann Dort Hier Heute Später Jedoch Auch Nur Nicht Kein Keine Wer Was Wie Wo Warum Man
  `),
  fr: words(`
    Le La Les Un Une Des Du De Il Elle Ils Elles On Nous Vous Je Ce Cet Cette Ces Son Sa Ses Leur Leurs Mon Ma
    En Dans Sur Sous Par Pour Avec Sans Après Avant Depuis Pendant Mais Et Ou Donc Or Si Quand Comme Où Qui Que
    Cependant Puis Alors Ainsi Aussi Enfin
  `),
  es: words(`
    El La Los Las Un Una Unos Unas Lo Él Ella Ellos Ellas Yo Nosotros Su Sus Mi Este Esta Estos Estas Ese Esa
    En De Del Al Con Sin Por Para Sobre Desde Hasta Tras Según Entre Y O Pero Si Cuando Como Donde Quien Que
    Después Antes Durante Aunque Además También Luego Entonces Así
  `),
};

/** Whether a capitalised word is likely to begin a sentence; English where the language is unknown. */
export function isStarter(word: string, language: string): boolean {
  return (STARTERS[language] ?? STARTERS.en)?.has(word) ?? false;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
