import type { SameWords } from '../../words/words';
import type { de } from './words.de';

export const en: SameWords<typeof de> = {
  title: 'Reports',
  lead: 'All figures stay the same when customers are anonymized.',
  csv: 'CSV',
  from: 'From',
  to: 'To',
  count: 'Number',
  total: 'Total',
  without: 'without a cost bearer',
  once: 'Customers with several cost bearers count only once in the total.',
  groupings: {
    month: 'Month',
    branch: 'Branch',
    costBearer: 'Cost bearer (IK)',
    status: 'Status',
    owner: 'Owner',
  },
  keys: {
    IN_STOCK: 'In stock',
    AT_CUSTOMER: 'With a customer',
    IN_TRANSIT: 'In transit',
    RETURNED: 'Returned',
    IN_REPAIR: 'In repair',
    SHOP: 'Shop',
    CUSTOMER: 'Customer',
    unknown: '{{key}}',
  },
  revenue: {
    title: 'Revenue',
    by: 'Revenue by',
    csv: 'Download revenue as CSV',
    none: 'No vouchers were issued in this period.',
    net: 'Net',
    tax: 'Tax',
    gross: 'Gross',
    documents: 'Vouchers',
  },
  customers: {
    title: 'Customers',
    by: 'Customers by',
    csv: 'Download customer counts as CSV',
  },
  devices: {
    title: 'Devices',
    by: 'Devices by',
    csv: 'Download device counts as CSV',
  },
};
