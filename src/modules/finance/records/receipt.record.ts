import { OmitType } from '@nestjs/swagger';
import { defineRecord } from '../../records';
import { Receipt } from '../entities/receipt.entity';

export class AddReceiptRequest extends OmitType(Receipt, ['id', 'customerId'] as const) {}

export const receipts = defineRecord({
  name: 'Receipt',
  path: 'receipts',
  entity: Receipt,
  request: AddReceiptRequest,
  series: { sequence: 'receipt_number', prefix: 'B-' },
});
