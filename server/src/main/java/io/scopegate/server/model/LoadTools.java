package io.scopegate.server.model;

import io.scopegate.inference.SessionFactory;
import io.scopegate.server.frame.ServerClock;
import java.util.concurrent.Executor;

/**
 * The tools that all models share for loading.
 *
 * @param sessions opens their networks
 * @param memory memory shared by all loads
 * @param pins pins kept across restarts
 * @param clock the server's clock
 * @param closer closes networks that are no longer used
 */
record LoadTools(SessionFactory sessions, LoadMemory memory, PinFile pins, ServerClock clock, Executor closer) {}
