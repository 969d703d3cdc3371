using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("NSft.Client.Tests")]
