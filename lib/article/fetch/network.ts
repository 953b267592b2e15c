import { lookup } from 'node:dns/promises';
import { systemClock, type Clock } from './clock';
import { LIMITS, type Limits } from './deadline';
import { Politeness } from './polite';
import type { Lookup } from './target';

/** The world as fetching sees it. */
export interface Network {
  clock: Clock;
  lookup: Lookup;
  limits: Limits;
  politeness: Politeness;
}

/** One for the process: to a server, several sources are one visitor. */
export const systemNetwork: Network = {
  clock: systemClock,
  lookup: (hostname) => lookup(hostname, { all: true }),
  limits: LIMITS,
  politeness: new Politeness(systemClock),
};
