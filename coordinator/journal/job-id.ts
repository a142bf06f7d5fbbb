const JOB_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** Whether a text can be a job's id. Ids name files, keys and objects, and user input reaches them: none may leave its place. */
export function isJobId(text: string): boolean {
  return JOB_ID.test(text);
}
