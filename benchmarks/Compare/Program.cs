using LatentConformance.Compare;

return Command.Run(args, Environment.GetEnvironmentVariable("LATENT_PYTHON"), Console.Out, Console.Error);
