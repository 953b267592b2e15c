// Runs before anything is installed: Node's own modules only, in syntax that an old Node can read.
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

const NODE_WANTED = [20, 9];

const TOOLS = [
  { name: 'python3', programs: ['python3', 'python'], chosenBy: 'PYTHON', debian: 'python3', fedora: 'python3' },
  { name: 'a C++ compiler', programs: ['c++', 'g++', 'clang++'], chosenBy: 'CXX', debian: 'g++', fedora: 'gcc-c++' },
  { name: 'make', programs: ['make', 'gmake'], chosenBy: 'MAKE', debian: 'make', fedora: 'make' },
];

/**
 * What is missing on this machine, as lines to print; none when all is there.
 * @param {{ version: string, platform: string, env: Record<string, string | undefined> }} machine
 */
export function missing({ version, platform, env }) {
  const lines = [];
  if (!newEnough(version)) {
    lines.push(`Pilcrow needs Node.js ${NODE_WANTED.join('.')} or newer; this is ${version}. Install one from https://nodejs.org or with your version manager.`);
  }
  if (platform === 'win32') return lines;

  const absent = TOOLS.filter((tool) => !candidates(tool, env).some((program) => isProgram(program, env.PATH)));
  if (absent.length > 0) {
    lines.push(
      `Pilcrow compiles two native modules and misses ${absent.map((tool) => tool.name).join(' and ')}. Install with:`,
      `  Debian, Ubuntu:  sudo apt-get install ${absent.map((tool) => tool.debian).join(' ')}`,
      `  Fedora:          sudo dnf install ${absent.map((tool) => tool.fedora).join(' ')}`,
      '  macOS:           xcode-select --install',
    );
  }
  return lines;
}

function newEnough(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major > NODE_WANTED[0] || (major === NODE_WANTED[0] && minor >= NODE_WANTED[1]);
}

/** The program named by the environment comes first; it may carry arguments ("ccache g++"). */
function candidates(tool, env) {
  const chosen = (env[tool.chosenBy] || '').trim().split(/\s+/)[0];
  return chosen ? [chosen].concat(tool.programs) : tool.programs;
}

function isProgram(program, path) {
  if (isAbsolute(program)) return isExecutable(program);
  return (path || '').split(delimiter).some((folder) => folder !== '' && isExecutable(join(folder, program)));
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
