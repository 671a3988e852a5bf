import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import {
  Keep,
  KeepNumber,
  LABEL,
  NamesOthers,
  NotPersonal,
  OfCustomer,
  Redact,
  Replace,
  SealWithName,
} from '../../../kernel/personal-data';
import { GROUNDS, MEDICAL_DEVICE_PERIOD } from '../../../kernel/retention';

export const STOCK_OWNERS = ['SHOP', 'CUSTOMER'] as const;
export type StockOwner = (typeof STOCK_OWNERS)[number];
export const STOCK_STATUSES = ['IN_STOCK', 'AT_CUSTOMER', 'IN_TRANSIT', 'RETURNED', 'IN_REPAIR'] as const;
export type StockStatus = (typeof STOCK_STATUSES)[number];

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
export class StockItem {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @KeepNumber(MEDICAL_DEVICE_PERIOD)
  @Column('text')
  serialNumber: string;

  @NamesOthers()
  @Redact(MEDICAL_DEVICE_PERIOD)
  @Column('text', { nullable: true })
  article: string | null;

  @Keep(MEDICAL_DEVICE_PERIOD)
  @Column('text')
  owner: string;

  @NotPersonal()
  @Column('uuid', { nullable: true })
  customerId: string | null;

  @Replace('IDENTITY', LABEL)
  @Column('text', { nullable: true })
  ownerName: string | null;

  @Keep(MEDICAL_DEVICE_PERIOD)
  @Column('text')
  status: string;

  @Keep(MEDICAL_DEVICE_PERIOD)
  @Column('bigint', { nullable: true })
  branchId: string | null;
}
