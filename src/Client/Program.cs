return await NSft.Client.ConsoleApplication.RunAsync(args).ConfigureAwait(false);
