package dev.roster.check;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The command line of the contract check. */
@Command(
    name = "contract-check",
    mixinStandardHelpOptions = true,
    versionProvider = ContractCheck.Version.class,
    subcommands = {VerifyCommand.class, ReplayCommand.class},
    synopsisSubcommandLabel = "(verify | replay)",
    description = {
      "Checks code and services against the contracts of four user-account APIs:",
      "azure-batch, azure-api-management, nimble and azure-pack.",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 all is well; 1 faults were found; 2 wrong use, unreadable input, or nothing to"
          + " check.",
      "More about one command: contract-check verify --help, contract-check replay --help."
    })
public final class ContractCheck {

  /** What ends a run in which everything is as the contract says. */
  public static final int FINE = 0;

  /** What ends a run that found faults. */
  public static final int FAULTS = 1;

  /** What ends a run that could not check. */
  public static final int UNUSABLE = 2;

  private static final int HELP_WIDTH = 100;

  private ContractCheck() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  private static CommandLine commandLine() {
    CommandLine commandLine =
        new CommandLine(new ContractCheck())
            .registerConverter(Api.class, Api::named)
            .setUsageHelpWidth(HELP_WIDTH)
            .setParameterExceptionHandler(ContractCheck::refuse)
            .setExecutionExceptionHandler(ContractCheck::explain);
    commandLine
        .getSubcommands()
        .get("replay")
        .getCommandSpec()
        .usageMessage()
        .footer(ReplayCommand.footer());
    return commandLine;
  }

  private static int refuse(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    command
        .getErr()
        .println(command.getColorScheme().errorText("error: " + exception.getMessage()));
    command.getErr().printf("See: %s --help%n", command.getCommandSpec().qualifiedName());
    return UNUSABLE;
  }

  /** Faults of this program keep their stack trace; what the caller can mend is one line. */
  private static int explain(
      Exception exception, CommandLine command, CommandLine.ParseResult arguments)
      throws Exception {
    if (!(exception instanceof CheckException)) {
      throw exception;
    }
    command
        .getErr()
        .println(command.getColorScheme().errorText("error: " + exception.getMessage()));
    return UNUSABLE;
  }

  /** Tells the version that the jar was built with. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {"contract-check " + text()};
    }

    static String text() {
      String version = ContractCheck.class.getPackage().getImplementationVersion();
      return version == null ? "of a build folder" : version;
    }
  }
}
