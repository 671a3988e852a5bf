import {
  BRANCH,
  DateColumn,
  defineActionableRecord,
  MoneyColumn,
  NumberColumn,
  OneOfColumn,
  RequiredDateColumn,
  RequiredReferenceColumn,
  type StoredRecord,
  TextColumn,
} from '../../records';
import { QUOTE_STATUSES, type QuoteStatus } from '../entities/quote.entity';

export class AddQuoteRequest {
  @NumberColumn() readonly number?: string | null;
  @RequiredReferenceColumn(BRANCH) readonly branchCode: string;
  @OneOfColumn(QUOTE_STATUSES) readonly status: QuoteStatus;
  @RequiredDateColumn() readonly issuedOn: string;
  @DateColumn() readonly validUntil?: string | null;
  @MoneyColumn() readonly gross: number;
  @TextColumn() readonly recipientName?: string | null;
  @TextColumn() readonly recipientAddress?: string | null;
  @TextColumn() readonly remark?: string | null;
}

interface Shown {
  readonly endedOn: string | null;
  readonly endReason: string | null;
}

export type StoredQuote = StoredRecord<AddQuoteRequest, Shown>;

export const quotes = defineActionableRecord<AddQuoteRequest, Shown>('QUOTE_NOT_FOUND', {
  name: 'Quote',
  path: 'quotes',
  table: 'quote',
  request: AddQuoteRequest,
  unique: { quote_number_key: 'number' },
  series: { sequence: 'quote_number', prefix: 'A-' },
  extras: {
    endedOn: { sql: 't.ended_on', schema: { type: String, format: 'date', nullable: true } },
    endReason: { sql: 't.end_reason', schema: { type: String, nullable: true } },
  },
});
