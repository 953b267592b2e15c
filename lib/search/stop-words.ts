import { searchTermsOf, wordsOf, type SearchTerm } from '../index';

/**
 * English words that carry a question but not its subject. Left out of lexical search because in a
 * small index they look rare ("whose" stands in few paragraphs) and would count as evidence.
 */
const STOP_WORDS = `
a about above after again against all am an and any anybody anyone anything are aren't around as at be because been
before being below between both but by can can't cannot could couldn't did didn't do does doesn't doing don't done
down during each either else ever every everybody everyone everything few for from further get gets getting go goes
going got had hadn't happen happened happens has hasn't have haven't having he he'd he'll her here hers herself him
himself his how how'd i i'd i'll i'm i've if in into is isn't it it'd it'll its itself just know let's like many may
me more most much must mustn't my myself need needn't never no nobody none nor not nothing now of off often on once
one only onto or other others ought our ours ourselves out over perhaps put quite rather really same say says shall
she she'd she'll should shouldn't since so some somebody someone something still such take than that that'll the their
theirs them themselves then there there'll these they they'd they'll they're they've thing things this those though
through thus to too toward towards under until up upon use used very was wasn't way we we'd we'll we're we've went
were weren't what what'll what're whatever when whenever where wherever whether which while who who'd who'll who've
whoever whom whose why will with within without won't would wouldn't yet you you'd you'll you're you've your yours
yourself yourselves`;

const STOP_SET = new Set(wordsOf(STOP_WORDS));

/**
 * Terms of a question without its function words; all of them when nothing else is left ("to be or not
 * to be"). Words are compared before stemming, and without a possessive or "is" ("what's").
 */
export function contentTerms(question: string): SearchTerm[] {
  const words = wordsOf(question);
  const content = words.filter((word) => !STOP_SET.has(word) && !STOP_SET.has(word.replace(/'s$/, '')));
  const terms = new Map<string, SearchTerm>();
  for (const term of searchTermsOf(content.length > 0 ? content : words)) terms.set(term.term, term);
  return [...terms.values()];
}
