import type { Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, IntersectionType, OmitType, PartialType, PickType } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { Payment } from '../../entities/payment.entity';

/** The columns of payments.csv. */
export class BookPaymentRequest extends IntersectionType(
  PickType(Payment, ['kind'] as const),
  PartialType(PickType(Payment, ['paidOn'] as const)) as Type<Partial<Record<'paidOn', string | null>>>,
  OmitType(Payment, ['id', 'customerId', 'invoiceId', 'kind', 'paidOn'] as const),
) {
  @ApiPropertyOptional({ type: String, nullable: true, description: 'default: today' })
  override readonly paidOn?: string | null;

  @ApiProperty({ type: 'integer', minimum: 1 })
  @Max(Number.MAX_SAFE_INTEGER)
  @Min(1)
  @IsInt()
  override readonly amount: number;
}
