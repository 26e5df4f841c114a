// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.command;

import picocli.CommandLine;

/** The exit codes of the program. */
public final class ExitCodes {
    /** The call succeeded. */
    public static final int OK = CommandLine.ExitCode.OK;

    /** The call failed. */
    public static final int FAILED = 1;

    /** The command line is invalid; nothing was sent. */
    public static final int USAGE = CommandLine.ExitCode.USAGE;

    /** The call was interrupted, by Ctrl-C for example. */
    public static final int INTERRUPTED = 130;

    /** The reader of the output closed it: the code of a program that SIGPIPE ends. */
    public static final int OUTPUT_CLOSED = 141;

    private ExitCodes() {}
}
