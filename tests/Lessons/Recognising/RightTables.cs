namespace LatentConformance.Tests.Lessons.Recognising;

/// <summary>Tables and traces that are right, or whose columns are something else than they seem. None may be accused; ⏎ ends a row.</summary>
internal static class RightTables
{
    public const string Rows = """
        | Step | Value |⏎|---|---|⏎| 1 | 2 |⏎| 2 | 4 |⏎| Total | 6 |
        | Item | Share |⏎|---|---|⏎| a | 33.3 |⏎| b | 33.3 |⏎| c | 33.3 |⏎| Total | 100 |
        | Item | Share |⏎|---|---|⏎| a | 34% |⏎| b | 33% |⏎| c | 34% |⏎| Total | 100% |
        | Item | Share |⏎|---|---|⏎| a | 40.1% |⏎| b | 35.3% |⏎| c | 24.5% |⏎| Total | 100% |
        | Item | Share |⏎|---|---|⏎| a | 40% |⏎| b | 36% |⏎| c | 25% |⏎| Total | 101% |
        | Class | Precision |⏎|---|---|⏎| a | 0.9 |⏎| b | 0.8 |⏎| All | 0.85 |
        | Class | F1 |⏎|---|---|⏎| a | 0.3 |⏎| b | 0.1 |⏎| c | 0.05 |⏎| All | 0.43 |
        | Class | Acc | n |⏎|---|---|---|⏎| a | 0.91 | 20 |⏎| b | 0.13 | 10 |⏎| Total | 0.95 | 30 |
        | Model | Time |⏎|---|---|⏎| a | 10 |⏎| b | 12 |⏎| total | 20 |
        | Stage | Seconds |⏎|---|---|⏎| load | 10 |⏎| train | 12 |⏎| other | |⏎| total | 30 |
        | Part | Params |⏎|---|---|⏎| encoder | 34M |⏎| decoder | 49M |⏎| Total | 84M |
        | Part | Params |⏎|---|---|⏎| encoder | 34.2M |⏎| decoder | 49.5M |⏎| codebook | 0.2M |⏎| Total | 83.7M |
        | μ | σ | KL |⏎|---|---|---|⏎| 0 | 1 | 0.000 |⏎| 1 | 1 | 0.5 |⏎| 0 | 2 | 0.81 |
        | μ | σ² | KL |⏎|---|---|---|⏎| 0 | 1 | 0.0 |⏎| 1 | 1 | 0.5 |⏎| 2 | 0.5 | 2.10 |
        | mean | std | KL |⏎|---|---|---|⏎| 0.12 | 0.98 | 3.4 |⏎| 0.10 | 0.95 | 5.2 |⏎| 0.08 | 0.93 | 7.1 |
        | mu | sigma | KL |⏎|---|---|---|⏎| 0.1 | 0.9 | 12.1 |⏎| 0.0 | 1.0 | 0.0 |⏎| 0 | 1 | 0 |⏎| 0.3 | 0.7 | 14.2 |
        | mean | variance | KL |⏎|---|---|---|⏎| 0 | 1 | 0 |⏎| 0 | 1 | 0 |⏎| 0.31 | 0.62 | 0.098 |
        | Epoch | Loss | Recon | KL |⏎|---|---|---|---|⏎| 1 | 120.5 | 110.2 | 10.3 |⏎| 2 | 110.1 | 98.7 | 11.4 |⏎| 3 | 105.2 | 92.8 | 12.5 |
        | Epoch | Loss | Recon | KL |⏎|---|---|---|---|⏎| 1 | 0.95 | 0.81 | 2.8 |⏎| 2 | 0.85 | 0.72 | 2.6 |⏎| 3 | 0.80 | 0.68 | 2.4 |
        | Epoch | Loss | Recon | KL |⏎|---|---|---|---|⏎| 0 | 100.0 | 100.0 | 0.0 |⏎| 1 | 90.0 | 90.0 | 0.0 |⏎| 2 | 85.0 | 80.0 | 2.5 |⏎| 3 | 80.0 | 70.0 | 5.0 |
        | β | Recon | KL | Loss |⏎|---|---|---|---|⏎| 0 | 80 | 20 | 80 |⏎| 1 | 85 | 10 | 95 |⏎| 4 | 90 | 5 | 110 |
        | β | Recon | KL | ELBO |⏎|---|---|---|---|⏎| 1 | 85 | 10 | 99 |⏎| 4 | 90 | 5 | 94 |
        | K | bits |⏎|---|---|⏎| 512 | 9 |⏎| 1024 | 10 |⏎| 1000 | 9.97 |
        | K | bits |⏎|---|---|⏎| 512 | 9 |⏎| 1024 | 10 |⏎| 1000 | 10 |
        | K | bits per token |⏎|---|---|⏎| 512 | 9 |⏎| 1,024 | 10 |⏎| 16,384 | 14 |
        | Codebook | Bits |⏎|---|---|⏎| 1024 | 8.1 |⏎| 512 | 7.2 |⏎| 256 | 6.3 |
        | Codes | Bits |⏎|---|---|⏎| 1024 | 2560 |⏎| 512 | 2304 |⏎| 256 | 2048 |
        | Levels | Codes |⏎|---|---|⏎| [8, 5, 5, 5] | 1,000 |⏎| [8, 6, 5] | 240 |⏎| [7, 5, 5, 5, 5] | 4,375 |
        | Levels | Codes |⏎|---|---|⏎| [8, 5, 5, 5] | ≈2^10 |⏎| [8, 6, 5] | ≈2^8 |
        | Levels | Codebook size |⏎|---|---|⏎| [8, 6, 5] | 2^8 |⏎| [8, 5, 5, 5] | 2^10 |⏎| [7, 5, 5, 5, 5] | 2^12 |
        | L | d | codes |⏎|---|---|---|⏎| 5 | 6 | 15,625 |⏎| 3 | 10 | 59,049 |
        | L | D | K |⏎|---|---|---|⏎| 12 | 768 | 64 |⏎| 24 | 1024 | 64 |
        | d | L |⏎|---|---|⏎| 64 | 12 |⏎| 128 | 24 |
        | σ | σ² |⏎|---|---|⏎| 0.5 | 0.25 |⏎| 1.0 | 1.0 |⏎| 0.33 | 0.11 |
        | σ² | log σ² |⏎|---|---|⏎| 1 | 0 |⏎| 0.5 | -0.69 |⏎| 2 | 0.693 |
        | variance | log variance |⏎|---|---|⏎| 1 | 0 |⏎| 0.1 | -1 |⏎| 10 | 1 |
        | Sum | Value |⏎|---|---|⏎| sum | 3 |⏎| mean | 2 |
        | x | y |⏎|---|---|⏎| 1 | 1 |⏎| 2 | 4 |⏎| 3 | 9 |⏎| Sum | 14 |
        | Epoch | Loss |⏎|---|---|⏎| 1 | 0.5 |⏎| 2 | 0.4 |⏎| Total | 0.85 |
        | Region | 2019 | 2020 |⏎|---|---|---|⏎| N | 5 | 6 |⏎| S | 7 | 8 |⏎| Total | 12 | 14 |
        | Layer | Output | Params |⏎|---|---|---|⏎| conv | 26×26×32 | 320 |⏎| pool | 13×13×32 | 0 |⏎| Total | | 320 |
        | Split | n |⏎|---|---|⏎| train | 50000 |⏎| val | 10000 |⏎| of which hard | 500 |⏎| Total | 60000 |
        | Group | n |⏎|---|---|⏎| A | 10 |⏎| - A1 | 4 |⏎| - A2 | 6 |⏎| B | 80 |⏎| Total | 90 |
        """;

    /// <summary>Plain text.</summary>
    public const string Lines = """
        @txt Epoch 1 Loss: 120.5 BCE: 110.2 KL: 10.3⏎Epoch 2 Loss: 110.1 BCE: 98.7 KL: 11.4
        @txt Epoch 1 Loss: 0.95 Recon: 0.81 KL: 2.8⏎Epoch 2 Loss: 0.85 Recon: 0.72 KL: 2.6⏎Epoch 3 Loss: 0.8 Recon: 0.7 KL: 2.2
        @txt Loss: 100.0 Recon: 100.0 KL: 0.0⏎Loss: 90.0 Recon: 90.0 KL: 0.0⏎Loss: 85.0 Recon: 80.0 KL: 2.5
        """;
}
