// What npm runs before it compiles any dependency: says what is missing, or nothing.
import process from 'node:process';
import { missing } from './missing.mjs';

const lines = missing({ version: process.version, platform: process.platform, env: process.env });
for (const line of lines) console.error(line);
if (lines.length > 0) process.exit(1);
if (process.platform === 'win32') console.error('Note: on Windows the compiler (Visual Studio Build Tools) and Python are not checked.');
