import { Module } from '@nestjs/common';
import { GetReceiptController } from './queries/get-receipt/get-receipt.controller';
import { GetReceiptHandler } from './queries/get-receipt/get-receipt.handler';

/** The certificate of an anonymization, built from the entries of the audit log. */
@Module({ controllers: [GetReceiptController], providers: [GetReceiptHandler] })
export class CertificatesModule {}
