import type Database from 'better-sqlite3';
import { counted, Findings, type Finding } from './findings';

/** What is wrong on the map, and a query for the places where it is. */
const RULES: readonly (readonly [what: string, query: string])[] = [
  [
    'passages without a place',
    "SELECT coalesce(a.id || '.p' || p.ordinal, 'row ' || p.row) FROM passages p LEFT JOIN articles a ON a.row = p.article WHERE p.row NOT IN (SELECT row FROM map_points)",
  ],
  ['places of passages that are not there', "SELECT 'row ' || row FROM map_points WHERE row NOT IN (SELECT row FROM passages)"],
  // What is no number compares as greater than any, so that nothing else needs to be asked.
  ['places beyond the map', "SELECT 'row ' || row FROM map_points WHERE NOT (x BETWEEN 0 AND 1 AND y BETWEEN 0 AND 1)"],
  ['places in regions that are not there', "SELECT 'row ' || row FROM map_points WHERE region NOT IN (SELECT id FROM map_regions)"],
  ['names beyond the map', "SELECT 'region ' || id FROM map_regions WHERE NOT (x BETWEEN 0 AND 1 AND y BETWEEN 0 AND 1)"],
  ['regions whose words cannot be read', "SELECT 'region ' || id FROM map_regions WHERE NOT json_valid(words) OR json_type(words) <> 'array'"],
  ['regions with another number of passages', "SELECT 'region ' || id FROM map_regions r WHERE passages <> (SELECT count(*) FROM map_points m WHERE m.region = r.id)"],
];

/** Whether every passage, and nothing else, has its place on the map. */
export function checkMap(db: Database.Database): Finding {
  const findings = new Findings();
  for (const [what, query] of RULES) {
    for (const place of db.prepare<[], string>(query).pluck().iterate()) findings.fail(what, place);
  }
  const regions = db.prepare<[], number>('SELECT count(*) FROM map_regions').pluck().get() ?? 0;
  return findings.outcome(counted(regions, 'region'));
}
