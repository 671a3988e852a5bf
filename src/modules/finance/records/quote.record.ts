import { OmitType } from '@nestjs/swagger';
import { defineActionableRecord, type StoredRecord } from '../../records';
import { Quote } from '../entities/quote.entity';

export class AddQuoteRequest extends OmitType(Quote, ['id', 'customerId', 'endedOn', 'endReason'] as const) {}

interface Shown {
  readonly endedOn: string | null;
  readonly endReason: string | null;
}

export type StoredQuote = StoredRecord<AddQuoteRequest, Shown>;

export const quotes = defineActionableRecord<AddQuoteRequest, Shown>('QUOTE_NOT_FOUND', {
  name: 'Quote',
  path: 'quotes',
  entity: Quote,
  request: AddQuoteRequest,
  series: { sequence: 'quote_number', prefix: 'A-' },
  extras: {
    endedOn: { sql: 't.ended_on', schema: { type: String, format: 'date', nullable: true } },
    endReason: { sql: 't.end_reason', schema: { type: String, nullable: true } },
  },
});
