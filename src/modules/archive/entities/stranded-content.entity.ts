import { Column, Entity, PrimaryColumn } from 'typeorm';
import { HoldsNoCustomerData, NotPersonal } from '../../../kernel/personal-data';

@Entity('stranded_content')
@HoldsNoCustomerData('encrypted contents without a document, and when they were found')
export class StrandedContent {
  @NotPersonal()
  @PrimaryColumn('uuid')
  contentId: string;

  @NotPersonal()
  @Column('timestamptz')
  firstSeenAt: Date;
}
