import { createHash } from 'node:crypto';

/*
 * Entries count the effects of an anonymization by table and treatment. Modules and legal grounds are in the data map
 * in force, which is an entry of its own (docs/adr/0032-short-audit-entries.md). Imports only Node: the verifier of
 * certificates uses it.
 */

/** What an anonymization can do to the rows of a table. */
export interface TableTreatment<Module = string, Treatment = string> {
  readonly module: Module;
  readonly table: string;
  readonly treatment: Treatment;
  /** legal ground on which the rows are kept or sealed */
  readonly reason?: string;
  /** name among the table's counts, where it is not the treatment */
  readonly key?: string;
}

/** Numbers of rows by table and key. */
type ShortEffects = Readonly<Record<string, Readonly<Record<string, number>>>>;

type FullEffect = Omit<TableTreatment, 'key'> & { readonly rows: number };
type Json = Readonly<Record<string, unknown>>;

/** Treatments by the digest of the data map. */
export type KnownDataMaps = ReadonlyMap<unknown, readonly TableTreatment[]>;

export const keyOf = ({ key, treatment }: TableTreatment): string => key ?? treatment;

/** The digest of a data map, in hex. The members of each treatment must be in canonical order (RFC 8785). */
export const digestOf = (treatments: unknown): string =>
  createHash('sha256').update(JSON.stringify(treatments)).digest('hex');

/** Adds the data map that the details of a `DATA_MAP_IN_FORCE` hold; false when its digest differs. */
export function addDataMap(maps: Map<unknown, readonly TableTreatment[]>, { dataMap, treatments }: Json): boolean {
  if (!Array.isArray(treatments) || digestOf(treatments) !== dataMap) return false;
  maps.set(dataMap, treatments as TableTreatment[]);
  return true;
}

/**
 * The effects in an entry's details, in the order of its data map; null when the map is unknown or lacks one of them.
 * Earlier versions wrote them in full.
 */
export function fullEffects({ dataMap, effects }: Json, maps: KnownDataMaps): readonly FullEffect[] | null {
  if (Array.isArray(effects)) return (effects as FullEffect[]).map((effect) => effectOn(effect, effect.rows));
  const counts = (effects ?? {}) as ShortEffects;
  const full = (maps.get(dataMap) ?? []).flatMap((treatment) => {
    const rows = counts[treatment.table]?.[keyOf(treatment)];
    return rows === undefined ? [] : [effectOn(treatment, rows)];
  });
  return full.length === Object.values(counts).flatMap(Object.keys).length ? full : null;
}

/** The effect of a treatment on this number of rows. Canonical JSON sorts the members; a response has this order. */
export const effectOn = <Module, Treatment>(
  { module, table, treatment, reason }: TableTreatment<Module, Treatment>,
  rows: number,
) => ({ module, table, treatment, rows, ...(reason === undefined ? {} : { reason }) });
