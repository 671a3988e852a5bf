import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import {
  Keep,
  KeepNumber,
  LABEL,
  NamedInCopies,
  NamesOthers,
  NotPersonal,
  OfCustomer,
  Redact,
  Replace,
  SealWithName,
} from '../../../kernel/personal-data';
import { GROUNDS, MEDICAL_DEVICE_PERIOD } from '../../../kernel/retention';
import {
  BRANCH,
  GIVEN,
  ListColumn,
  NameColumn,
  NotAllowedWhen,
  ReferenceColumn,
  RequiredWhen,
  TextColumn,
} from '../../records';

const STOCK_OWNERS = ['SHOP', 'CUSTOMER'] as const;
type StockOwner = (typeof STOCK_OWNERS)[number];
const STOCK_STATUSES = ['IN_STOCK', 'AT_CUSTOMER', 'IN_TRANSIT', 'RETURNED', 'IN_REPAIR'] as const;
type StockStatus = (typeof STOCK_STATUSES)[number];

/** The latest loan of the item to its customer, or the latest issued invoice line with its serial number. */
const LATEST_RECORD = `greatest(
  (SELECT max(greatest(l.issued_on, l.resolved_on)) FROM device_loan l
   WHERE l.customer_id = t.customer_id AND l.stock_item_id = t.id),
  (SELECT max(i.issued_on) FROM invoice_line n JOIN invoice i ON i.id = n.invoice_id AND i.status = 'ISSUED'
   WHERE n.customer_id = t.customer_id AND n.serial_number = t.serial_number))`;

@Entity('stock_item')
@OfCustomer('customer_id')
@SealWithName(GROUNDS.MEDICAL_DEVICE, {
  list: 'devices',
  startsOn: LATEST_RECORD,
  startsOnAs: 'lastRecordOn',
  order: 't.id',
})
@RequiredWhen('customerNumber', { owner: 'CUSTOMER' })
@RequiredWhen('customerNumber', { owner: 'SHOP', ownerName: GIVEN })
@NotAllowedWhen('ownerName', { owner: 'SHOP', customerNumber: GIVEN })
@NamedInCopies('stock_item_id', { serialNumber: 'serial_number', article: 'article' })
export class StockItem {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NameColumn(KeepNumber(MEDICAL_DEVICE_PERIOD), { isKey: true }) serialNumber: string;
  @NamesOthers() @TextColumn(Redact(MEDICAL_DEVICE_PERIOD)) article?: string | null;
  @ListColumn(Keep(MEDICAL_DEVICE_PERIOD), null, STOCK_OWNERS) owner: StockOwner;

  /** who holds or owns the item */
  @ReferenceColumn(NotPersonal(), { table: 'customer', key: 'customer_number', as: 'customerId', idType: 'uuid' })
  customerNumber?: string | null;

  @TextColumn(Replace('IDENTITY', LABEL)) ownerName?: string | null;
  @ListColumn(Keep(MEDICAL_DEVICE_PERIOD), null, STOCK_STATUSES) status: StockStatus;
  @ReferenceColumn(Keep(MEDICAL_DEVICE_PERIOD), BRANCH) branchCode?: string | null;
}
