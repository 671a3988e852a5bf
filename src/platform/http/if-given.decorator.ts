import { ValidateIf } from 'class-validator';

/** A field that may be left out but not null; class-validator's `IsOptional` lets null pass. */
export const IfGiven = () => ValidateIf((_object, value) => value !== undefined);
