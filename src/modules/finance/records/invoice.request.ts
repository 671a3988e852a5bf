import { ApiPropertyOptional, IntersectionType, OmitType, PartialType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, ValidateNested } from 'class-validator';
import { IfGiven } from '../../../platform/http/if-given.decorator';
import { InvoiceLine } from '../entities/invoice-line.entity';
import { Invoice } from '../entities/invoice.entity';

const MAX_LINES = 1_000;

/** The columns of invoice_lines.csv. */
export class InvoiceLineRequest extends IntersectionType(
  PartialType(PickType(InvoiceLine, ['position'] as const), { skipNullProperties: false }),
  OmitType(InvoiceLine, ['id', 'customerId', 'invoiceId', 'position'] as const),
) {
  @ApiPropertyOptional({ type: 'integer', description: 'default: after the previous line' })
  override readonly position?: number;
}

export class AddInvoiceRequest extends OmitType(Invoice, ['id', 'customerId', 'enteredIn'] as const) {
  @ApiPropertyOptional({ type: [InvoiceLineRequest], maxItems: MAX_LINES })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => InvoiceLineRequest)
  readonly lines?: InvoiceLineRequest[];
}
