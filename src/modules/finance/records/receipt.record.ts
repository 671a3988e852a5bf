import {
  BRANCH,
  defineRecord,
  MoneyColumn,
  NumberColumn,
  RequiredInstantColumn,
  RequiredReferenceColumn,
  TextColumn,
} from '../../records';

export class AddReceiptRequest {
  @NumberColumn() readonly number?: string | null;
  @RequiredReferenceColumn(BRANCH) readonly branchCode: string;
  @RequiredInstantColumn() readonly issuedAt: string;
  @MoneyColumn({ signed: true }) readonly gross: number;
  @TextColumn() readonly customerName?: string | null;
}

export const receipts = defineRecord({
  name: 'Receipt',
  path: 'receipts',
  table: 'receipt',
  request: AddReceiptRequest,
  unique: { receipt_number_key: 'number' },
  series: { sequence: 'receipt_number', prefix: 'B-' },
});
