import { wordsOf } from '../analyze';

/** Words that name no subject, of the languages most read; in others their frequency has to give them away. */
const FUNCTION_WORDS = `
a about above after again against ago all almost along already also although always am among an and another any anyone anything are around as
asked at away back be became because become been before began behind being below best better between both but by call called came can cannot
come could day days did do does doing done down during each early either else end enough even ever every everyone everything far few first
five for found four from further gave get give given go goes going gone good got great had half has have having he her here hers herself him
himself his how however i if in into is it its itself just keep kept knew know known large last late later least left less let like little
long look made make makes making man many may me men might more most much must my myself near need never new next no nobody none nor not
nothing now of off often old on once one only onto or other others our out over own part people perhaps place put rather really right said
same saw say says second see seen seven several shall she should since six small so some someone something sometimes soon still such take
taken ten than that the their them themselves then there these they thing things think third this those though thought three through thus
time times to today together told too took toward towards two under until up upon us use used using usually very want was way we week well
went were what when where whether which while who whole whom whose why will with within without word words work would year years yes yet you
your yourself eight nine eleven twelve thirteen fourteen fifteen twenty thirty forty fifty hundred hundreds thousand thousands million half dozen don't didn't doesn't isn't wasn't weren't couldn't wouldn't can't won't i'm i've you're he's she's it's that's there's
aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus bei beim bereits bis bin bist da dabei dadurch
dafür damit dann daran darauf daraus das dass davon dazu dein deine dem den denen denn der deren des dessen die dies diese diesem diesen
dieser dieses doch dort du durch ein eine einem einen einer eines einige einmal er es etwa etwas euch euer für ganz gegen gewesen hab habe
haben hat hatte hatten hier hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem ins ist ja jede jedem jeden jeder
jedes jedoch jetzt jene jener kam kann kein keine keinem keinen keiner können könnte konnte konnten machen man manche mehr mein meine mich
mir mit mehrere muss musste müssen nach nachdem neben nein nicht nichts noch nun nur ob oder ohne schon sehr sei sein seine seinem seinen
seiner seines seit selbst sich sie sind so sogar solche soll sollen sollte sondern sonst sowie über um und uns unser unsere unter viel viele
vielen vom von vor während war waren warum was weil weiter welche welchem welchen welcher welches wenn wer werde werden weniger wie wieder
will wir wird wo wollen worden wurde wurden würde würden zu zum zur zwar zwei zwischen drei erste ersten jahr jahre jahren vier fünf sechs sieben acht neun zehn elf zwölf zwanzig hundert tausend
au aux avait avaient avec avoir car ce cela ces cet cette ceux chez comme comment contre d'un d'une dans de depuis des deux donc dont du elle
elles en encore entre est et était étaient été être eux fait faire fois fut il ils je la le les leur leurs lui mais même mes moins mon ne non
nos notre nous on ont ou où par parce pas pendant peu peut plus pour pourquoi puis quand que quel quelle quelques qui sa sans se selon
ses si son sont sous sur ta tandis te tous tout toute toutes très trois tu un une vers voici vos votre vous ainsi aussi alors après avant
al algo algunas algunos ante antes así aún aunque bien cada como con contra cual cuales cuando cuya cuyo de del desde donde dos durante el
ella ellas ellos en entre era eran eres es esa esas ese eso esos esta está estaba estado están estar estas este esto estos fue fueron ha había
habían han hasta hay la las le les lo los más me mi mientras muy nada ni no nos nosotros nuestra nuestro o os otra otras otro otros para pero
poco por porque puede pueden pues que qué quien quién se sea según ser si sí sido sin sobre son su sus también tan tanto te tenía tiene
tienen todo todos tras tres tu un una unas uno unos vez y ya yo años año
agli alla alle anche ancora che chi ci col come con così cui da dai dal dalla dalle degli dei del della delle dello di dopo dove due è ed era
erano essere fra fu furono gli ha hanno ho il in io la le lei li lo loro lui ma me mentre mi molto ne negli nei nel nella nelle noi non o ogni
per però più poi prima qual quale quando quella quelle quelli quello questa queste questi questo se sei senza si sia sono sopra sotto stata
stato su sua sue sui sul sulla suo suoi tra tutti tutto un una uno vi anni anno ao aos as até com da das desde do dos e ela elas ele eles em
entre era eram essa esse esta está estava este foi foram há isso isto já lhe mais mas mesmo meu minha muito na não nas nem no nos nós num numa
os ou para pela pelas pelo pelos por porque quando que quem são se seja sem ser seu seus só sua suas também tem têm tinha um uma umas uns você
aan al alleen als altijd bij dan dat de der deze die dit doch doen door dus een en er ge geen geweest haar had heb hebben heeft hem het hier hij
hoe hun ik in is ja je kan kon maar me meer men met mij mijn moet na naar niet niets nog nu of om omdat onder ons ook op over reeds te tegen toch
toen tot uit van veel voor want waren was wat werd wezen wie wordt worden zal ze zei zich zij zijn zo zonder zou
а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее ей ему если есть еще же за здесь и из
или им их к как когда которая которые который которых кто ли между меня мне много может мы на над надо нас наш не него нее нет ни них но ну о
об один он она они оно от очень по под после потом потому почти при про с сам свой себе себя со так также такой там тем то того тоже только том
ты у уже хотя чего чем что чтобы эта эти это этого этой этом этот я лет год года
αλλά αν από αυτά αυτή αυτό για δεν είναι ένα ένας έχει η ήταν θα και κατά με μετά μια να ο οι όπως ότι που προς σε στα στη στην στο στον στους τα
της τη την τι τις το τον του τους των ως
και في من على إلى الى عن أن ان إن لا ما هذا هذه ذلك تلك التي الذي الذين كان كانت كانوا يكون هو هي هم هن أو او ثم قد لقد كل بعض غير بين بعد قبل
عند عندما حتى إذا اذا كما لكن ولكن مع منذ حيث لم لن ليس ليست أي اي أيضا ايضا فيه فيها منه منها عليه عليها إليه به بها له لها لهم وقد وكان وكانت
وهو وهي وفي ومن وعلى وإلى وأن ولا وما التى خلال حول أنه انه أنها انها كانوا نحو لدى هناك هنا فقط جدا يوم عام
של את על אל עם אם כי לא הוא היא הם הן זה זאת זו אשר או גם רק כל היה היתה היו יש אין אך אבל בין אחרי לפני כמו מה מי עד אחד אחת
在 的 了 是 我们 他们 她们 它们 你们 我 他 她 自己 这个 那个 这些 那些 一个 一种 一些 没有 可以 因为 所以 但是 如果 而且 或者 以及 并且 不是 就是 还是 已经 由于 对于 关于 其他 其中 由此
什么 怎么 为了 通过 进行 之后 之前 之间 同时 可能 能够 成为 作为 以来 以后 时候 第一 因此 这样 这种 此外 然而 虽然 一直 非常 其實 沒有 我們 他們 這個 那個 這些 因為 但是 已經 可以
これ それ あれ この その あの ここ そこ ため よう もの こと とき とも など また そして しかし ある いる する なる れる られる した して いた です ます から まで だけ ほど 彼 彼女 私 年 月 日
그 이 저 것 수 등 및 또는 그리고 그러나 있다 있는 있었다 하는 했다 한다 한 된 되었다 위해 대한 때문에 에서 으로 그는 그의 이는 이후
และ ที่ ใน ของ เป็น การ ได้ มี จาก ไม่ ให้ ว่า กับ จะ นี้ ความ โดย แต่ หรือ เมื่อ ซึ่ง ไป มา แล้ว อยู่ คือ ถึง ต้อง ผู้ ทำ นั้น`;

/** As `wordsOf` has them. */
export const functionWords: ReadonlySet<string> = new Set(wordsOf(FUNCTION_WORDS));
