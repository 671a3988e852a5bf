import { Column, Entity, PrimaryColumn } from 'typeorm';
import { HoldsNoCustomerData, NotPersonal } from '../../../kernel/personal-data';

@Entity('document_number')
@HoldsNoCustomerData('the last number of each document series')
export class DocumentNumber {
  @NotPersonal()
  @PrimaryColumn('bigint')
  branchId: string;

  @NotPersonal('identifies a number series')
  @PrimaryColumn('text')
  kind: string;

  @NotPersonal('identifies a number series')
  @PrimaryColumn('integer')
  year: number;

  @NotPersonal('counts documents')
  @Column('integer')
  last: number;
}
