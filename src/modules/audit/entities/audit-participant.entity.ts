import { Entity, PrimaryColumn } from 'typeorm';
import { HoldsNoCustomerData, NotPersonal } from '../../../kernel/personal-data';

/** Modules that take part in an anonymization: the log takes an entry about erased data from nobody else. */
@Entity({ schema: 'audit', name: 'participant' })
@HoldsNoCustomerData('names of modules')
export class AuditParticipant {
  @NotPersonal()
  @PrimaryColumn('text')
  module: string;
}
