import type { BusinessDate } from '../kernel/business-date';
import { addMonths } from './calendar';
import type { DemoRun } from './demo-run';
import { PIECES_WITH_SERIAL_NUMBER } from './product-range';

export interface Branch {
  readonly code: string;
  readonly name: string;
  /** Cities of its customers with the leading digits of their postal codes; the branch's own city is first. */
  readonly cities: readonly (readonly [city: string, postalPrefix: string])[];
  /** Area code and prefix of the numbers that the Bundesnetzagentur reserves for fiction; three digits follow. */
  readonly phone: readonly [areaCode: string, prefix: string];
}

export interface CostBearer {
  readonly ik: string;
  readonly name: string;
}

export const BRANCHES: readonly Branch[] = [
  {
    code: 'B01',
    name: 'Berlin Mitte',
    cities: [
      ['Berlin', '101'],
      ['Bernau', '163'],
    ],
    phone: ['030', '23125'],
  },
  {
    code: 'B02',
    name: 'Berlin Steglitz',
    cities: [
      ['Berlin', '121'],
      ['Potsdam', '144'],
    ],
    phone: ['030', '23125'],
  },
  {
    code: 'HH1',
    name: 'Hamburg Altona',
    cities: [
      ['Hamburg', '227'],
      ['Norderstedt', '228'],
    ],
    phone: ['040', '66969'],
  },
  {
    code: 'K01',
    name: 'Köln Ehrenfeld',
    cities: [
      ['Köln', '508'],
      ['Leverkusen', '513'],
    ],
    phone: ['0221', '4710'],
  },
  {
    code: 'M01',
    name: 'München Schwabing',
    cities: [
      ['München', '807'],
      ['Dachau', '852'],
    ],
    phone: ['089', '99998'],
  },
  {
    code: 'F01',
    name: 'Frankfurt Bornheim',
    cities: [
      ['Frankfurt am Main', '603'],
      ['Offenbach', '630'],
    ],
    phone: ['069', '90009'],
  },
];

export const COST_BEARERS: readonly CostBearer[] = [
  { ik: '109999014', name: 'Musterkasse Nord' },
  { ik: '109999025', name: 'Beispiel BKK' },
  { ik: '109999036', name: 'Fiktiva Ersatzkasse' },
  { ik: '109999047', name: 'IKK Phantasia' },
  { ik: '109999058', name: 'Landkasse Irgendwo' },
  { ik: '109999069', name: 'Knappschaft Niemandsland' },
  { ik: '169999071', name: 'Privatas Krankenversicherung (fiktiv)' },
  { ik: '189999082', name: 'Berufsgenossenschaft Muster & Beispiel' },
];

export const PROGRAMS = { running: 'HOERCLUB', ended: 'BONUS2019', archived: 'SEHPASS' } as const;

export const endOfEndedProgram = (today: BusinessDate): BusinessDate => addMonths(today, -14);

const SHOP_STOCK = ['IN_STOCK', 'IN_TRANSIT', 'RETURNED', 'IN_REPAIR', 'IN_STOCK'] as const;
const STOCK_ITEMS_PER_BRANCH = 10;

/**
 * Writes the records that exist before the first customer: branches with their stock, cost bearers and loyalty
 * programs.
 */
export function writeMasterRecords({ folder, numbers, random, today }: DemoRun): void {
  for (const { code, name } of BRANCHES) {
    folder.add('branches', { code, name });
    for (let item = 0; item < STOCK_ITEMS_PER_BRANCH; item++) {
      folder.add('stock_items', {
        serial_number: numbers.label('SN'),
        article: random.one(PIECES_WITH_SERIAL_NUMBER).name,
        owner: 'SHOP',
        customer_number: null,
        owner_name: null,
        status: random.one(SHOP_STOCK),
        branch_code: code,
      });
    }
  }
  for (const { ik, name } of COST_BEARERS) folder.add('cost_bearers', { ik, name });
  const programs = [
    { code: PROGRAMS.running, name: 'Hörclub', ends_on: null, archived_on: null },
    { code: PROGRAMS.ended, name: 'Treuebonus 2019', ends_on: endOfEndedProgram(today), archived_on: null },
    { code: PROGRAMS.archived, name: 'Sehpass', ends_on: null, archived_on: addMonths(today, -30) },
  ];
  for (const program of programs) folder.add('loyalty_programs', program);
}
