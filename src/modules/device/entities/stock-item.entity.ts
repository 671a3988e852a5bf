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
} from '../../../kernel/personal-data';
import { MEDICAL_DEVICE_PERIOD } from '../../../kernel/retention';

export const STOCK_OWNERS = ['SHOP', 'CUSTOMER'] as const;
export type StockOwner = (typeof STOCK_OWNERS)[number];
export const STOCK_STATUSES = ['IN_STOCK', 'AT_CUSTOMER', 'IN_TRANSIT', 'RETURNED', 'IN_REPAIR'] as const;
export type StockStatus = (typeof STOCK_STATUSES)[number];

@Entity('stock_item')
@OfCustomer('customer_id')
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
