using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("NSft.Client.Tests")]
[assembly: InternalsVisibleTo("NSft.Deployment.Tests")]
