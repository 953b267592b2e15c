import type { Command } from 'commander';
import { PilcrowError } from '../../lib/errors';
import type { CheckedQuestion, NumberedQuestion, Pin } from '../../lib/search';
import { styleFor } from '../terminal/colour';
import { EXIT } from '../terminal/exit';
import { note } from '../terminal/messages';
import { print, printJson } from '../terminal/output';
import { renderChecked, renderPinned, renderQuestions } from '../terminal/questions';
import { indexDirOf, newCommand, wholeNumber, type CommonOptions } from './options';

interface AddOptions extends CommonOptions {
  /** False for `--no-pin`. */
  pin?: string | false;
  within?: string;
}

const NUMBER = 'its number in the list, or its text';

const ABOUT = `
A question is saved with the answer that it must keep: by default the passage that comes first now. An
answer counts as kept while one of the first passages (3 unless --within says otherwise) has the same text,
in whatever article, or stands at the same place and says about the same. \`pilcrow questions check\` asks
the index in use, \`pilcrow diff\` compares two generations, and \`pilcrow index --guard\` publishes no index
that has lost a pinned answer. The questions lie in questions.json in the folder of the index.`;

export function command(): Command {
  const questions = newCommand('questions', 'Save questions, pin the answers that they must keep, and check them.', [
    'pilcrow questions add "why did the bees disappear?"',
    'pilcrow questions',
    'pilcrow questions check',
  ])
    // What follows the name of a subcommand is the subcommand's.
    .enablePositionalOptions()
    .allowExcessArguments()
    .helpCommand(true)
    .action(list)
    .addHelpText('after', ABOUT);
  for (const subcommand of [listCommand(), addCommand(), removeCommand(), pinCommand(), checkCommand()]) {
    // As scripts/pilcrow.ts does for the commands it knows.
    questions.addCommand(subcommand.exitOverride().configureOutput({ outputError: () => undefined }));
  }
  return questions;
}

function listCommand(): Command {
  return newCommand('list', 'List the saved questions and their pinned answers; the same as `pilcrow questions`.', [
    'pilcrow questions list',
    'pilcrow questions list --json | jq -r ".questions[].text"',
  ]).action(list);
}

function addCommand(): Command {
  return newCommand('add', 'Save a question and pin its answer.', [
    'pilcrow questions add "why did the bees disappear?"',
    'pilcrow questions add "who decides the price of bread?" --pin bread-cartel-x7.p4 --within 1',
    'pilcrow questions add "what is new about eels?" --no-pin      # only to be compared by pilcrow diff',
  ])
    .argument('[question...]', 'the question; its words need no quotes')
    .option('--pin <passage-id>', 'the answer it must keep (default: what comes first now)')
    .option('--no-pin', 'pin no answer')
    .option('--within <count>', 'the pinned answer must be among so many of the first, 1 to 10 (default: 3)')
    .action(add);
}

function removeCommand(): Command {
  return newCommand('remove', 'Forget a question.', ['pilcrow questions remove 2', 'pilcrow questions remove "why did the bees disappear?"'])
    .argument('<question...>', NUMBER)
    .action(remove);
}

function pinCommand(): Command {
  return newCommand('pin', 'Pin another answer to a question: what comes first now, or the passage named.', [
    'pilcrow questions pin 2',
    'pilcrow questions pin 2 quiet-hives-k3.p1',
  ])
    .argument('<question>', NUMBER)
    .argument('[passage-id]', 'the answer it must keep from now on (default: what comes first now)')
    .action(pin);
}

function checkCommand(): Command {
  return newCommand('check', 'Ask all questions: which keep their pinned answer? Exit code 1 if one does not.', [
    'pilcrow questions check',
    'pilcrow questions check --json | jq ".questions[] | select(.kept == false) | .text"',
  ]).action(check);
}

async function list(_: CommonOptions, command: Command): Promise<void> {
  const [unknown] = command.args;
  if (unknown !== undefined) throw new PilcrowError('usage', `there is no pilcrow questions ${JSON.stringify(unknown)}`, 'there are list, add, remove, pin and check');
  const { search, indexDir, options } = await open(command);
  const questions = (await search.readQuestions(indexDir)).map((question, i) => ({ number: i + 1, ...question }));
  if (options.json) printJson({ questions });
  else if (questions.length === 0) note('no questions are saved yet; save one with: pilcrow questions add "…"');
  else print(renderQuestions(questions, styleFor(process.stdout)));
}

async function add(words: string[], _: AddOptions, command: Command): Promise<void> {
  const { search, indexDir, options } = await open(command);
  const text = search.questionText(words.join(' '));
  const within = withinOf(options, search.MAX_WITHIN);
  const known = (await search.readQuestions(indexDir)).some((question) => question.text === text);
  const asked = known && typeof options.pin !== 'string' ? null : await answerNow(text, within ?? search.DEFAULT_WITHIN, options.pin, { search, indexDir });
  const { question, added } = await search.addQuestion(indexDir, { text, within, pin: asked?.pin });
  if (options.json) printJson({ ...question, added });
  else print(renderPinned(question, styleFor(process.stdout)));
  if (!added) note(`this is question ${String(question.number)} already; ${asked === null ? 'its pinned answer stays, pilcrow questions pin changes it' : 'its pinned answer was changed'}`);
  for (const remark of asked?.remarks ?? []) note(remark);
}

async function remove(words: string[], _: CommonOptions, command: Command): Promise<void> {
  const { search, indexDir, options } = await open(command);
  const question = await search.removeQuestion(indexDir, words.join(' '));
  if (options.json) printJson({ removed: question });
  else note(`removed question ${String(question.number)}: ${question.text}`);
}

async function pin(named: string, passageId: string | undefined, _: CommonOptions, command: Command): Promise<void> {
  const { search, indexDir, options } = await open(command);
  const { text, within } = search.findQuestion(await search.readQuestions(indexDir), named);
  const asked = await answerNow(text, within, passageId, { search, indexDir });
  if (asked.pin === null) throw new PilcrowError('passage-not-found', `nothing is found for ${JSON.stringify(text)}, so nothing can be pinned`, 'name the passage: pilcrow questions pin NUMBER PASSAGE-ID');
  const { question } = await search.addQuestion(indexDir, { text, pin: asked.pin });
  if (options.json) printJson(question);
  else print(renderPinned(question, styleFor(process.stdout)));
  for (const remark of asked.remarks) note(remark);
}

async function check(_: CommonOptions, command: Command): Promise<void> {
  const { search, indexDir, options } = await open(command);
  const questions = await search.readQuestions(indexDir);
  const { generation, checked } = await search.withCurrent(indexDir, openEmbedder, async (current, embedder) => {
    const all: (CheckedQuestion & { number: number })[] = [];
    for (const [i, question] of questions.entries()) all.push({ number: i + 1, ...(await search.checkQuestion(current, embedder, question)) });
    return { generation: current.id, checked: all };
  });
  const lost = checked.filter(({ kept }) => kept === false).length;
  const kept = checked.filter((one) => one.kept === true).length;
  if (options.json) {
    const documents = checked.map(({ number, question, answerable, rank, kept: isKept, first }) => ({ number, ...question, answerable, kept: isKept, rank, first }));
    printJson({ generation, kept, lost, questions: documents });
  } else {
    print(renderChecked(checked, generation, styleFor(process.stdout)));
    if (kept + lost === 0) note(questions.length === 0 ? 'no questions are saved yet; save one with: pilcrow questions add "…"' : 'no question has a pinned answer');
  }
  if (lost > 0) process.exitCode = EXIT.failed;
}

type Search = typeof import('../../lib/search');

/** What every subcommand begins with. Options may stand before its name too, where they are those of `questions`. */
async function open(command: Command): Promise<{ search: Search; indexDir: string; options: AddOptions }> {
  const options: AddOptions = command.optsWithGlobals();
  const [search, { defaultIndexDir, hasIndex, indexLayout }] = await Promise.all([import('../../lib/search'), import('../../lib/index')]);
  const indexDir = indexDirOf(options, defaultIndexDir);
  if (!hasIndex(indexDir)) throw new PilcrowError('index-missing', `there is no index at ${indexLayout(indexDir).directory}`, 'make one with: pilcrow index SOURCE');
  return { search, indexDir, options };
}

/** @param wanted a passage's id, or false for none, or undefined for what comes first */
async function answerNow(text: string, within: number, wanted: string | false | undefined, { search, indexDir }: { search: Search; indexDir: string }): Promise<{ pin: Pin | null; remarks: string[] }> {
  return search.withCurrent(indexDir, openEmbedder, async (generation, embedder) => {
    const named = typeof wanted === 'string' ? search.pinOf(generation, wanted) : null;
    // Asked whatever is pinned: a question that cannot be asked is refused now, not when it is checked.
    const { answerable, results: [first, ...others] } = await search.askSaved(generation, embedder, text);
    if (wanted === false) return { pin: null, remarks: [] };
    if (named !== null) {
      const rank = search.rankOf(generation, first === undefined ? [] : [first, ...others], named);
      if (rank !== null && rank <= within) return { pin: named, remarks: [] };
      return { pin: named, remarks: [`that answer ${rank === null ? 'is not among the first ten' : `comes at place ${String(rank)}`} now, so pilcrow questions check counts it as lost`] };
    }
    if (first === undefined) return { pin: null, remarks: ['nothing was found, so no answer is pinned'] };
    const unsure = answerable ? [] : ['nothing in the index seems to answer this; what is pinned only comes closest'];
    return { pin: search.pinOf(generation, first.passage.id), remarks: unsure };
  });
}

const openEmbedder: import('../../lib/search').OpenEmbedder = async (spec) => (await import('../../lib/embedding')).loadModel(spec);

function withinOf({ within }: AddOptions, most: number): NumberedQuestion['within'] | undefined {
  const hint = `give a whole number from 1 to ${String(most)}`;
  const count = wholeNumber('--within', within, { code: 'usage', hint });
  if (count === undefined || (count >= 1 && count <= most)) return count;
  throw new PilcrowError('usage', `--within ${String(count)} is out of range`, hint);
}
