import { termsOf, wordsOf } from '../index';

/**
 * English words that carry a question but not its subject. Left out of lexical search because in a
 * small index they look rare ("whose" stands in few paragraphs) and would count as evidence.
 */
const STOP_WORDS = `
a about above after again against all am an and any anybody anyone anything are around as at be because been before
being below between both but by can cannot could did do does doing done down during each either else ever every
everybody everyone everything few for from further get gets getting go goes going got had happen happened happens has
have having he her here hers herself him himself his how i if in into is it its itself just know like many may me more
most much must my myself need never no nobody none nor not nothing now of off often on once one only onto or other
others ought our ours ourselves out over perhaps put quite rather really same say says shall she should since so some
somebody someone something still such take than that the their theirs them themselves then there these they thing
things this those though through thus to too toward towards under until up upon use used very was way we went were
what whatever when whenever where wherever whether which while who whoever whom whose why will with within without
would yet you your yours yourself yourselves`;

const STOP_SET = new Set(wordsOf(STOP_WORDS));

/**
 * Terms of a question without its function words; all of them when nothing else is left ("to be or not
 * to be"). Words are compared before stemming, which turns "used" into "us".
 */
export function contentTerms(question: string): string[] {
  const words = wordsOf(question);
  const content = words.filter((word) => !STOP_SET.has(word));
  return [...new Set(termsOf(content.length > 0 ? content : words))];
}
