using LatentConformance.Cli;

return Latent.Run(args);
