import { Query } from '@nestjs/cqrs';
import type { Page, PageRequest } from '../../../../platform/http/page';
import type { SelectionResponse } from '../../selection.response';

/** All selections, newest first. */
export class ListSelections extends Query<Page<SelectionResponse>> {
  constructor(readonly page: PageRequest) {
    super();
  }
}
