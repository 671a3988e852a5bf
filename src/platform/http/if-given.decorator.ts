import { ValidateIf } from 'class-validator';

/** For an optional field that must not be null. class-validator's `IsOptional` also accepts null. */
export const IfGiven = () => ValidateIf((_object, value) => value !== undefined);
