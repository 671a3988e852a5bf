import { ApiPropertyOptional, ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsNumber, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { IfGiven } from '../../../platform/http/if-given.decorator';
import { OptionalText } from '../../../platform/http/text-field.decorator';
import {
  BRANCH,
  COST_BEARER,
  DateColumn,
  MoneyColumn,
  NumberColumn,
  OneOfColumn,
  ReferenceColumn,
  RequiredReferenceColumn,
  TextColumn,
} from '../../customer';
import { INVOICE_KINDS, INVOICE_STATUSES, type InvoiceKind, type InvoiceStatus } from '../entities/invoice.entity';

const MOST_LINES = 1_000;
const LONGEST_LINE = 2_000;
const LARGEST_NUMBER = 999_999_999;

/** A column of invoice_lines.csv each. */
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

export class AddInvoiceRequest {
  @NumberColumn({ type: String, nullable: true }) readonly number?: string | null;
  @RequiredReferenceColumn(BRANCH) readonly branchCode: string;
  @OneOfColumn(INVOICE_KINDS) readonly kind: InvoiceKind;

  @ReferenceColumn({ table: 'invoice', key: 'number', as: 'credits_id', ofSameCustomer: true })
  readonly creditsNumber?: string | null;

  @OneOfColumn(INVOICE_STATUSES) readonly status: InvoiceStatus;
  @DateColumn() readonly issuedOn?: string | null;
  @DateColumn() readonly dueOn?: string | null;
  @ReferenceColumn(COST_BEARER) readonly costBearerIk?: string | null;

  @ReferenceColumn({ table: 'care_case', key: 'number', as: 'care_case_id', ofSameCustomer: true })
  readonly careCaseNumber?: string | null;

  @MoneyColumn() readonly net: number;
  @MoneyColumn() readonly tax: number;
  @MoneyColumn() readonly gross: number;
  @TextColumn() readonly recipientName?: string | null;
  @TextColumn() readonly recipientAddress?: string | null;
  @TextColumn() readonly remark?: string | null;

  @ApiPropertyOptional({ type: [InvoiceLineRequest], maxItems: MOST_LINES })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(MOST_LINES)
  @ValidateNested({ each: true })
  @Type(() => InvoiceLineRequest)
  readonly lines?: InvoiceLineRequest[];
}
