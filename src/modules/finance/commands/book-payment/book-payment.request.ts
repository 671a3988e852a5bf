import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsCalendarDate } from '../../../../platform/http/is-calendar-date.decorator';
import { OptionalText } from '../../../../platform/http/text-field.decorator';
import { PAYMENT_KINDS, PAYMENT_METHODS, type PaymentKind, type PaymentMethod } from '../../entities/payment.entity';

/** The columns of payments.csv. */
export class BookPaymentRequest {
  @ApiProperty({ enum: PAYMENT_KINDS })
  @IsIn(PAYMENT_KINDS)
  readonly kind: PaymentKind;

  @ApiPropertyOptional({ type: String, format: 'date', nullable: true, description: 'default: today' })
  @IsOptional()
  @IsCalendarDate()
  readonly paidOn?: string | null;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'cents' })
  @Max(Number.MAX_SAFE_INTEGER)
  @Min(1)
  @IsInt()
  readonly amount: number;

  @ApiPropertyOptional({ enum: PAYMENT_METHODS, nullable: true })
  @IsOptional()
  @IsIn(PAYMENT_METHODS)
  readonly method?: PaymentMethod | null;

  @OptionalText() readonly payerName?: string | null;
  @OptionalText() readonly iban?: string | null;
  @OptionalText() readonly reference?: string | null;
}
