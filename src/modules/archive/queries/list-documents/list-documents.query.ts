import { Query } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';
import type { Page, PageRequest } from '../../../../platform/http/page';
import type { DocumentResponse } from './list-documents.response';

/** Archived documents of the customer, newest first. Refused and audited once the customer is anonymized. */
export class ListDocuments extends Query<Page<DocumentResponse>> {
  constructor(
    readonly customerId: string,
    readonly page: PageRequest,
    readonly actor: Actor,
  ) {
    super();
  }
}
