import { ApiProperty } from '@nestjs/swagger';
import { PAYMENT_KINDS, PAYMENT_METHODS, type PaymentKind, type PaymentMethod } from '../entities/payment.entity';

export class InvoiceLineResponse {
  @ApiProperty({ type: 'integer' }) readonly position: number;
  @ApiProperty({ type: String, nullable: true }) readonly article: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly text: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly serialNumber: string | null;
  @ApiProperty() readonly quantity: number;
  @ApiProperty({ type: 'integer', description: 'cents' }) readonly amount: number;
}

export class PaymentResponse {
  @ApiProperty() readonly id: string;
  @ApiProperty({ enum: PAYMENT_KINDS }) readonly kind: PaymentKind;
  @ApiProperty({ format: 'date' }) readonly paidOn: string;
  @ApiProperty({ type: 'integer', description: 'cents' }) readonly amount: number;
  @ApiProperty({ enum: PAYMENT_METHODS, nullable: true }) readonly method: PaymentMethod | null;
  @ApiProperty({ type: String, nullable: true }) readonly payerName: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly iban: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly reference: string | null;
}
