import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsNumber, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { IfGiven } from '../../../platform/http/if-given.decorator';
import { OptionalText } from '../../../platform/http/text-field.decorator';
import { Invoice } from '../entities/invoice.entity';

const MOST_LINES = 1_000;
const LONGEST_LINE = 2_000;
const LARGEST_NUMBER = 999_999_999;

/** The columns of invoice_lines.csv. */
export class InvoiceLineRequest {
  @ApiPropertyOptional({ type: 'integer', description: 'default: after the previous line' })
  @IfGiven()
  @Max(LARGEST_NUMBER)
  @Min(-LARGEST_NUMBER)
  @IsInt()
  readonly position?: number;

  @OptionalText() readonly article?: string | null;
  @OptionalText(LONGEST_LINE) readonly text?: string | null;
  @OptionalText() readonly serialNumber?: string | null;

  @ApiPropertyOptional({ type: Number, default: 1 })
  @IsOptional()
  @Max(LARGEST_NUMBER)
  @Min(-LARGEST_NUMBER)
  @IsNumber({ maxDecimalPlaces: 6 })
  readonly quantity?: number | null;

  @ApiProperty({ type: 'integer', description: 'cents' })
  @Max(Number.MAX_SAFE_INTEGER)
  @Min(Number.MIN_SAFE_INTEGER)
  @IsInt()
  readonly amount: number;
}

export class AddInvoiceRequest extends OmitType(Invoice, ['id', 'customerId', 'enteredIn'] as const) {
  @ApiPropertyOptional({ type: [InvoiceLineRequest], maxItems: MOST_LINES })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(MOST_LINES)
  @ValidateNested({ each: true })
  @Type(() => InvoiceLineRequest)
  readonly lines?: InvoiceLineRequest[];
}
