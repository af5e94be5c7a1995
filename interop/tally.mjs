/** Counts what passed, and keeps what failed until the end. */
export function makeTally() {
  let passed = 0;
  const failures = [];
  return {
    /** Notes how something went. */
    expect: (what, problems) => {
      if (problems.length === 0) passed += 1;
      else failures.push(...problems.map((problem) => `${what}: ${problem}`));
      console.log(`${problems.length === 0 ? 'passed' : 'FAILED'}  ${what}`);
    },
    /** Tells what failed and how much of each there was, and sets the exit code. */
    end: () => {
      for (const failure of failures) console.log(failure.slice(0, 2_000));
      console.log(`${passed} passed, ${failures.length} failed`);
      process.exitCode = failures.length > 0 ? 1 : 0;
    },
  };
}
