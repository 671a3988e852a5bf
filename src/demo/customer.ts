import type { BusinessDate } from '../kernel/business-date';
import type { Branch, CostBearer } from './master-records';
import type { OpenMatter } from './open-matters';

export interface Home {
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
}

/** One fictional customer, a person or a company. */
export interface Customer {
  readonly ordinal: number;
  readonly number: string;
  readonly branch: Branch;
  readonly status: 'ACTIVE' | 'DECEASED' | 'DELETED';
  readonly salutation: string | null;
  readonly title: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly birthName: string | null;
  readonly companyName: string | null;
  readonly birthDate: BusinessDate | null;
  readonly gender: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly mobile: string | null;
  readonly home: Home | null;
  readonly costBearer: CostBearer | null;
  readonly memberNumber: string;
  /** The period of all settled records; only open matters are later. */
  readonly knownFrom: BusinessDate;
  readonly knownTo: BusinessDate;
  readonly openMatters: ReadonlySet<OpenMatter>;
}

/** `Dr. Erika Müller`, or the company. */
export function fullName({ title, firstName, lastName, companyName }: Customer): string {
  return companyName ?? [title, firstName, lastName].filter(Boolean).join(' ');
}

/** `Müller, Erika`, as on index cards and spare boxes. */
export function indexName({ firstName, lastName, companyName }: Customer): string {
  return companyName ?? [lastName, firstName].filter(Boolean).join(', ');
}

export function homeLine({ home }: Customer): string | null {
  return home && `${home.street}, ${home.postalCode} ${home.city}`;
}
