using Workbench.Commands;

return await CommandLine.RunAsync(args);
