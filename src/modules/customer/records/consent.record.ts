import { OmitType } from '@nestjs/swagger';
import { defineRecord } from '../../records';
import { MarketingConsent } from '../entities/marketing-consent.entity';

export class AddConsentRequest extends OmitType(MarketingConsent, ['id', 'customerId'] as const) {}

export const consents = defineRecord({
  name: 'Consent',
  path: 'consents',
  entity: MarketingConsent,
  request: AddConsentRequest,
});
