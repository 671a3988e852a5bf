import { CONSENT_CHANNELS, type ConsentChannel } from '../entities/marketing-consent.entity';
import { DateColumn, defineRecord, OneOfColumn, RequiredDateColumn } from '../../records';

export class AddConsentRequest {
  @OneOfColumn(CONSENT_CHANNELS) readonly channel: ConsentChannel;
  @RequiredDateColumn() readonly grantedOn: string;
  @DateColumn() readonly withdrawnOn?: string | null;
}

export const consents = defineRecord({
  name: 'Consent',
  path: 'consents',
  table: 'marketing_consent',
  request: AddConsentRequest,
});
