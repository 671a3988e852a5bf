import { Entity, PrimaryColumn } from 'typeorm';
import { HoldsNoCustomerData, NotPersonal } from '../../../kernel/personal-data';

/** Modules that take part in an anonymization. The log accepts entries about erased data only from these. */
@Entity({ schema: 'audit', name: 'participant' })
@HoldsNoCustomerData('names of modules')
export class AuditParticipant {
  @NotPersonal()
  @PrimaryColumn('text')
  module: string;
}
