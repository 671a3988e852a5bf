import { ApiProperty } from '@nestjs/swagger';
import { CustomerResponse } from '../../../customer';
import { RowsOfMergeResponse } from '../../commands/merge-customers/merge-customers.response';

/** A customer before the merge; the address is the residential one. */
export class MergeSideResponse extends CustomerResponse {
  @ApiProperty({ type: String, nullable: true }) readonly street: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly postalCode: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly city: string | null;

  @ApiProperty({ type: 'integer', description: "saved selections the customer is in; the source's are dropped" })
  readonly selections: number;

  @ApiProperty({ type: 'integer', description: 'unfinished runs in which the customer is READY' })
  readonly readyInRuns: number;
}

export class AppendedValueResponse {
  @ApiProperty({ example: 'phone', description: 'field of the customer' }) readonly field: string;
  @ApiProperty() readonly value: string;
}

export class DifferenceResponse {
  @ApiProperty({ example: 'birthDate' }) readonly field: string;
  @ApiProperty() readonly source: string;
  @ApiProperty() readonly target: string;
}

export class PreviewMergeResponse extends RowsOfMergeResponse {
  @ApiProperty({ type: MergeSideResponse }) readonly source: MergeSideResponse;
  @ApiProperty({ type: MergeSideResponse }) readonly target: MergeSideResponse;

  @ApiProperty({ type: [String], description: 'empty fields of the target that the source fills' })
  readonly filled: readonly string[];

  @ApiProperty({ type: [AppendedValueResponse], description: "values that are appended to the target's note" })
  readonly appended: readonly AppendedValueResponse[];

  @ApiProperty({ type: [DifferenceResponse], description: 'names and birth dates in which both differ' })
  readonly differences: readonly DifferenceResponse[];
}
