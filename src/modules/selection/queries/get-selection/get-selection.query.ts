import { Query } from '@nestjs/cqrs';
import type { SelectionResponse } from '../../selection.response';

/** One selection. Error: `SELECTION_NOT_FOUND`. */
export class GetSelection extends Query<SelectionResponse> {
  constructor(readonly selectionId: string) {
    super();
  }
}
