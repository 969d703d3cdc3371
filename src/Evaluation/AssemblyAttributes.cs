using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("NSft.Evaluation.Tests")]
