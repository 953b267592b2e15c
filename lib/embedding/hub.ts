import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PilcrowError } from '../errors';
import { cacheFolder, writeToCache } from './cache-folder';

const DEFAULT_HOST = 'https://huggingface.co';

/** `owner/name`, and nothing that could climb out of the cache folder. */
const HUB_ID = /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/;

export function isHubId(model: string): boolean {
  return HUB_ID.test(model);
}

/**
 * Downloads files of a hub repository's main branch, unless they are in the cache already; then
 * nothing goes over the network. HF_ENDPOINT names another host.
 *
 * transformers.js could download too, but writes straight into its cache: a download that is
 * interrupted would leave half a file there for ever.
 *
 * @param id `owner/name`
 * @param files paths inside the repository
 * @returns the folder that holds them
 * @throws PilcrowError `model-not-found` when the host or the file cannot be reached,
 *   `model-cache-unwritable`
 */
export async function downloadFromHub(id: string, files: readonly string[]): Promise<string> {
  const folder = join(cacheFolder(), 'hub', ...id.split('/'));
  for (const file of files) {
    const path = join(folder, file);
    if (!existsSync(path)) await download(id, file, path);
  }
  return folder;
}

async function download(id: string, file: string, path: string): Promise<void> {
  const host = (process.env.HF_ENDPOINT || DEFAULT_HOST).replace(/\/+$/, '');
  const url = `${host}/${id}/resolve/main/${file}`;
  try {
    const response = await fetch(url, { headers: { 'user-agent': 'pilcrow' } });
    if (!response.ok || response.body === null) throw refused(id, file, url, response.status);
    await writeToCache(path, response.body);
  } catch (cause) {
    if (cause instanceof PilcrowError) throw cause;
    throw new PilcrowError(
      'model-not-found',
      `cannot download ${id} from ${host}`,
      'connect to the network once, or give a local folder as the model',
      { cause },
    );
  }
}

function refused(id: string, file: string, url: string, status: number): PilcrowError {
  if (status === 404 && file.startsWith('onnx/')) {
    return new PilcrowError('model-not-found', `${id} has no ${file} (${url})`, 'set dtype to the other of int8 and fp32, or choose a model with ONNX files');
  }
  return new PilcrowError('model-not-found', `${url} answered ${status}`, `check the name ${id}: it must be a public repository with ONNX files`);
}
