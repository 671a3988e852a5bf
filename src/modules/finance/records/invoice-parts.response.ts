import { StoredType } from '../../records';
import { InvoiceLine } from '../entities/invoice-line.entity';
import { Payment } from '../entities/payment.entity';

export class InvoiceLineResponse extends StoredType(InvoiceLine, ['id', 'customerId', 'invoiceId']) {}

export class PaymentResponse extends StoredType(Payment, ['customerId', 'invoiceId'], { type: String }) {}
