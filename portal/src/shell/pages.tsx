import type { ComponentType } from 'react';
import type { Role } from '../session/session';

type Load = () => Promise<{ Component: ComponentType }>;

interface PageEntry {
  readonly path: string;
  readonly roles: readonly Role[];
  /** key of its text in the menu, `nav.<name>`; without one, only links lead to the page */
  readonly nav?: string;
  readonly load: Load;
}

export interface PageGroup {
  /** key of its text, `nav.<name>` */
  readonly name: string;
  readonly pages: readonly PageEntry[];
}

const ADMIN: readonly Role[] = ['ADMINISTRATOR'];
const COMPLIANCE: readonly Role[] = ['COMPLIANCE'];
const OFFICE: readonly Role[] = ['ADMINISTRATOR', 'EMPLOYEE'];
const WATCHING: readonly Role[] = ['ADMINISTRATOR', 'COMPLIANCE'];

/** Every page with its roles and its position in the menu. Pages load lazily. */
export const PAGES: readonly PageGroup[] = [
  {
    name: 'maintenance',
    pages: [
      {
        path: 'anonymize',
        roles: ADMIN,
        nav: 'anonymize',
        load: async () => ({ Component: (await import('../pages/anonymize/anonymize-page')).AnonymizePage }),
      },
      {
        path: 'anonymize/:customerId',
        roles: ADMIN,
        load: async () => ({
          Component: (await import('../pages/anonymize/anonymize-customer-page')).AnonymizeCustomerPage,
        }),
      },
      {
        path: 'runs',
        roles: WATCHING,
        nav: 'runs',
        load: async () => ({ Component: (await import('../pages/runs/runs-page')).RunsPage }),
      },
      {
        path: 'runs/:runId',
        roles: WATCHING,
        load: async () => ({ Component: (await import('../pages/runs/run-page')).RunPage }),
      },
      {
        path: 'worklist',
        roles: WATCHING,
        nav: 'worklist',
        load: async () => ({ Component: (await import('../pages/worklist/worklist-page')).WorklistPage }),
      },
    ],
  },
  {
    name: 'daily',
    pages: [
      {
        path: 'customers',
        roles: OFFICE,
        nav: 'customers',
        load: async () => ({ Component: (await import('../pages/customers/customers-page')).CustomersPage }),
      },
      {
        path: 'customers/:customerId/:tab?',
        roles: OFFICE,
        load: async () => ({ Component: (await import('../pages/customers/customer-page')).CustomerPage }),
      },
      {
        path: 'selections',
        roles: OFFICE,
        nav: 'selections',
        load: async () => ({ Component: (await import('../pages/selections/selections-page')).SelectionsPage }),
      },
      {
        path: 'selections/new',
        roles: OFFICE,
        load: async () => ({ Component: (await import('../pages/selections/new-selection-page')).NewSelectionPage }),
      },
      {
        path: 'selections/:selectionId',
        roles: OFFICE,
        load: async () => ({ Component: (await import('../pages/selections/selection-page')).SelectionPage }),
      },
      {
        path: 'selections/:selectionId/letters',
        roles: OFFICE,
        load: async () => ({ Component: (await import('../pages/selections/letters-page')).LettersPage }),
      },
      {
        path: 'archive/:customerId?',
        roles: OFFICE,
        nav: 'archive',
        load: async () => ({ Component: (await import('../pages/archive/archive-page')).ArchivePage }),
      },
      {
        path: 'reports',
        roles: OFFICE,
        nav: 'reports',
        load: async () => ({ Component: (await import('../pages/reports/reports-page')).ReportsPage }),
      },
    ],
  },
  {
    name: 'compliance',
    pages: [
      {
        path: 'audit',
        roles: COMPLIANCE,
        nav: 'audit',
        load: async () => ({ Component: (await import('../pages/audit/audit-page')).AuditPage }),
      },
      {
        path: 'verification',
        roles: COMPLIANCE,
        nav: 'verification',
        load: async () => ({ Component: (await import('../pages/audit/verification-page')).VerificationPage }),
      },
      {
        path: 'receipts/:customerId?',
        roles: WATCHING,
        nav: 'receipts',
        load: async () => ({ Component: (await import('../pages/receipts/receipt-page')).ReceiptPage }),
      },
      {
        path: 'legal-holds',
        roles: COMPLIANCE,
        nav: 'legalHolds',
        load: async () => ({ Component: (await import('../pages/legal-holds/legal-holds-page')).LegalHoldsPage }),
      },
      {
        path: 'data-map',
        roles: WATCHING,
        nav: 'dataMap',
        load: async () => ({ Component: (await import('../pages/data-map/data-map-page')).DataMapPage }),
      },
      {
        path: 'processing',
        roles: WATCHING,
        nav: 'processing',
        load: async () => ({ Component: (await import('../pages/data-map/processing-page')).ProcessingPage }),
      },
    ],
  },
  {
    name: 'administration',
    pages: [
      {
        path: 'employees',
        roles: ADMIN,
        nav: 'employees',
        load: async () => ({ Component: (await import('../pages/employees/employees-page')).EmployeesPage }),
      },
    ],
  },
];

/** The start page of each role. */
export const START: Readonly<Record<Role, string>> = {
  ADMINISTRATOR: '/anonymize',
  EMPLOYEE: '/customers',
  COMPLIANCE: '/audit',
};

/** The URL of a page without its parameters. */
export const addressOf = ({ path }: PageEntry): string => `/${path.replace(/\/:.*$/, '')}`;
