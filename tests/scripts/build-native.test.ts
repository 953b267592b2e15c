import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { afterAll, describe, expect, test } from 'vitest';
import { nativeBuild } from '../../lib/index/store/cpu-key.mjs';
import { outcome, root, run, Workspace, type Outcome } from './cli';

const workspace = new Workspace();
afterAll(() => { workspace.remove(); });

const installed = join(root, 'node_modules', 'hnswlib-node', 'build', 'Release', 'addon.node');
const compiles = ['linux', 'darwin'].includes(process.platform) && ['x64', 'arm64'].includes(process.arch);
const script = (project: string) => join(project, 'scripts', 'build-native.mjs');

let projects = 0;

/** A project of the same shape around the same hnswlib-node, whose builds are its own. */
function newProject() {
  const project = workspace.at(`project${String(++projects)}`);
  for (const name of ['scripts/build-native.mjs', 'scripts/freshness.mjs', 'lib/index/store/cpu-key.mjs']) cpSync(join(root, name), join(project, name));
  workspace.write(`project${String(projects)}/package.json`, '{"type":"module"}');
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(join(root, 'node_modules', 'hnswlib-node'), join(project, 'node_modules', 'hnswlib-node'));
  const target = nativeBuild(project) ?? '';
  return { project, target, builds: () => readdirSync(dirname(dirname(target))) };
}

/**
 * Compiling takes ten seconds and happens in every `npm ci`; here node-gyp is a script that leaves a module where
 * node-gyp would.
 */
function nodeGyp(name: string, makes: string): string {
  return workspace.write(`${name}.cjs`, `
    const { appendFileSync, copyFileSync, mkdirSync, writeFileSync } = require('node:fs');
    appendFileSync(${JSON.stringify(workspace.at(`${name}.log`))}, JSON.stringify({ args: process.argv.slice(2), flags: process.env.CXXFLAGS }) + '\\n');
    mkdirSync('build/Release', { recursive: true });
    ${makes}`);
}

const calls = (name: string) => readFileSync(workspace.at(`${name}.log`), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { args: string[]; flags: string });
const prepare = (project: string, gyp: string | undefined): Promise<Outcome> => outcome(run(process.execPath, [script(project)], { npm_config_node_gyp: gyp, CXXFLAGS: '-g' }));
const QUIET = { code: 0, stdout: '', stderr: '' };

describe.skipIf(!compiles)('building for this CPU', () => {
  test('puts a build that works in its place, once, with headers that are there', async () => {
    const { project, target, builds } = newProject();
    const gyp = nodeGyp('works', `copyFileSync(${JSON.stringify(installed)}, 'build/Release/addon.node');`);
    mkdirSync(join(dirname(dirname(target)), 'building-old'), { recursive: true });
    utimesSync(join(dirname(dirname(target)), 'building-old'), new Date(0), new Date(0));
    expect(await prepare(project, gyp)).toMatchObject(QUIET);
    expect(readFileSync(target).equals(readFileSync(installed))).toBe(true);
    expect(await prepare(project, gyp)).toMatchObject(QUIET);
    expect(builds()).toHaveLength(1);
    expect(calls('works')).toEqual([{ args: ['rebuild', expect.stringMatching(/^--nodedir=./) as string], flags: '-g -O3 -march=native' }]);
  });

  test.each([
    ['does not compile', 'console.error("a\\nsrc/addon.cc:1: error: no such flag\\nb"); process.exitCode = 1;', /node-gyp ended with 1: src\/addon\.cc:1: error: no such flag$/],
    ['is no library', 'writeFileSync("build/Release/addon.node", "half a lib");', /its trial ended with 1: .*Error.*$/],
    ['is another library', `copyFileSync(${JSON.stringify(join(root, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'))}, "build/Release/addon.node");`, /its trial ended with 1: .*HierarchicalNSW is not a constructor$/],
    ['ends the compiler', 'process.kill(process.pid, "SIGKILL");', /node-gyp ended with SIGKILL$/],
  ])('leaves nothing of one that %s, and says so in a line', async (name, makes, reason) => {
    const { project, target, builds } = newProject();
    const before = readFileSync(installed);
    const { code, stdout, stderr } = await prepare(project, nodeGyp(name, makes));
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr.split('\n')).toEqual([expect.stringMatching(/^pilcrow: no build of hnswlib-node for this CPU, so searching takes longer: /), '']);
    expect(stderr.trim()).toMatch(reason);
    expect(existsSync(target)).toBe(false);
    expect(builds()).toEqual([]);
    expect(readFileSync(installed).equals(before)).toBe(true);
  });

  test('names npm where its node-gyp is not known', async () => {
    const { code, stderr } = await prepare(newProject().project, undefined);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/npm run prepare\n$/) as string });
  });
});

describe('the trial of a build', () => {
  const tried = (file: string) => outcome(run(process.execPath, [script(root), '--try', file]));
  const distorted = (name: string, distance: string) => workspace.write(`${name}.cjs`, `
    const { HierarchicalNSW } = require(${JSON.stringify(installed)});
    module.exports.HierarchicalNSW = class extends HierarchicalNSW {
      searchKnn(...asked) {
        const { neighbors, distances } = super.searchKnn(...asked);
        return { neighbors, distances: distances.map((distance) => ${distance}) };
      }
    };`);

  test('is passed by the installed one', async () => {
    expect(await tried(installed)).toMatchObject(QUIET);
    expect(await tried(distorted('untouched', 'distance'))).toMatchObject(QUIET);
  });

  test.each([
    ['a little off', 'distance + 0.001'],
    ['no numbers', 'NaN'],
  ])('is failed by one whose distances are %s', async (name, distance) => {
    expect(await tried(distorted(name, distance))).toMatchObject({ code: 1, stderr: expect.stringContaining('Error: distance 0 of question 0 is') as string });
  });

  test('is failed by one that finds others', async () => {
    const { code } = await tried(workspace.write('others.cjs', `
      const { HierarchicalNSW } = require(${JSON.stringify(installed)});
      module.exports.HierarchicalNSW = class extends HierarchicalNSW {
        searchKnn(question, k) {
          const { neighbors, distances } = super.searchKnn(question, k);
          return { neighbors: neighbors.reverse(), distances };
        }
      };`));
    expect(code).toBe(1);
  });
});
